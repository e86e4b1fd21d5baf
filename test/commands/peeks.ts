import type { SluiceClient } from '../../client/client.ts';
import type { UploadId } from '../../domain/ids.ts';
import { peekEnds, peekOf } from '../../domain/upload/peek.ts';
import { soon } from './soon.ts';
import { checksumOf, type Upload } from './uploads.ts';

const MiB = 1024 * 1024;
/** Somewhat more than the smallest file that has a peek. */
export const peekedBytes = 66 * MiB;

const freeBox = (length: number): Buffer => {
  const box = Buffer.alloc(length);
  box.writeUInt32BE(length);
  box.write('free', 4, 'latin1');
  return box;
};

/** Where a top-level box of an MP4 file begins. */
export function boxStart(file: Buffer, type: string): number {
  for (let at = 0; at < file.length; at += file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === type) return at;
  throw new Error(`no ${type} box`);
}

/** An MP4 file with a `free` box behind it, or before one of its boxes that may be moved; plays as before. */
export function padded(file: Buffer, { before, to = peekedBytes }: { before?: string; to?: number } = {}): Buffer {
  const at = before === undefined ? file.length : boxStart(file, before);
  return Buffer.concat([file.subarray(0, at), freeBox(to - file.length), file.subarray(at)]);
}

/** The two ends of a file, as they go ahead of it. */
export function endsOf(file: Buffer): { readonly head: Buffer; readonly tail: Buffer } {
  const ranges = peekOf(file.length);
  if (ranges === null) throw new Error(`a file of ${file.length} bytes has no peek`);
  return {
    head: file.subarray(ranges.head.from, ranges.head.to),
    tail: file.subarray(ranges.tail.from, ranges.tail.to),
  };
}

/** Sends the ends of a file as browsers do; answers their checksums. */
export async function putPeek(client: SluiceClient, { uploadId }: Pick<Upload, 'uploadId'>, file: Buffer) {
  const ends = endsOf(file);
  const checksums = { head: checksumOf(ends.head), tail: checksumOf(ends.tail) };
  const signed = await client.upload.signPeek({ params: { uploadId }, body: checksums });
  for (const end of peekEnds) {
    const { url, headers } = signed[end];
    const answer = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(ends[end]) });
    if (!answer.ok) throw new Error(`the ${end} was answered ${answer.status}`);
  }
  return checksums;
}

/** Sends a peek and has it looked at. */
export async function sendPeek(client: SluiceClient, upload: Pick<Upload, 'uploadId'>, file: Buffer): Promise<void> {
  const body = await putPeek(client, upload, file);
  await client.upload.beginPeek({ params: { uploadId: upload.uploadId }, body });
}

/** What a peek has shown, once nothing more comes of it. */
export const peekSeen = (client: SluiceClient, uploadId: UploadId) =>
  soon(
    async () => {
      const peek = await client.upload.getPeek({ params: { uploadId } });
      if (!peek.isOver) throw new Error(`the peek is ${peek.verdict} and goes on`);
      return peek;
    },
    { seconds: 60 },
  );
