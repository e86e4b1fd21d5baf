import type { PeekRanges } from '../../domain/upload/peek.ts';
import { loopback, type OpenSource, ReadShort } from './loopback.ts';

/** A peek's bytes, and where in the file they belong. */
export interface PeekBytes {
  readonly sizeBytes: number;
  readonly ranges: PeekRanges;
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** What stands between head and tail. A child that wants a missing byte: `refused` breaks off, `zeros` pretends. */
export type Hole = 'refused' | 'zeros';

/** As much of a hole as is answered at a time. */
const zeros = Buffer.alloc(256 * 1024);

/**
 * A source as it will be, of which only head and tail are there. With a hole that is refused, whatever a child makes of it
 * is what it would make of the whole file, or it says that it could not read (`assertReadWhole`). Zeros are for reading an
 * index that is whole: a demuxer passes by samples that it does not decode.
 */
export async function sparseSource({ sizeBytes, ranges, head, tail }: PeekBytes, hole: Hole): Promise<OpenSource> {
  const present = (at: number, to: number): Buffer => {
    if (at < ranges.head.to) return head.subarray(at, to);
    if (at >= ranges.tail.from) return tail.subarray(at - ranges.tail.from, to - ranges.tail.from);
    return Buffer.alloc(0);
  };
  const { url, close } = await loopback(sizeBytes, async (at, to) => {
    const part = present(at, to);
    if (part.length > 0 || hole === 'refused') return part;
    return zeros.subarray(0, Math.min(to, ranges.tail.from) - at);
  });
  return {
    url,
    sizeBytes,
    async read(from, to) {
      const end = Math.min(to, sizeBytes);
      const part = present(from, end);
      if (part.length < end - from) throw new ReadShort(`bytes ${from} to ${end} are not there yet`);
      return part;
    },
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}
