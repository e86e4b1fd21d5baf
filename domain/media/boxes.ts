/**
 * The top level of an ISO base media file (ISO/IEC 14496-12 section 4.2), read without a demuxer: whether the boxes fit
 * into the file. A file cut short plays up to the cut in most tools, with exit code 0, so it must be told from its boxes.
 */
export type Layout =
  | { readonly kind: 'complete' }
  /** A box claims more bytes than the file has left (or, with 0, is not there at all). */
  | { readonly kind: 'truncated'; readonly box: string; readonly missingBytes: number }
  | { readonly kind: 'not-iso-bmff' };

/** More top-level boxes than this are not looked at: a fragmented file has two a fragment. */
const maxBoxes = 100_000;
const firstBoxes = new Set(['ftyp', 'styp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'moof', 'sidx']);

const holdsMedia = (type: string) => type === 'mdat' || type === 'moof';

/** Walks the boxes of a file of `sizeBytes`; `read` answers bytes [from, to) of it, fewer at its end. */
export async function layoutOf(
  sizeBytes: number,
  read: (from: number, to: number) => Promise<Uint8Array>,
): Promise<Layout> {
  let at = 0;
  let index = false;
  let media = false;
  for (let count = 0; at < sizeBytes && count < maxBoxes; count++) {
    const header = await read(at, at + 16);
    if (header.length < 8) return { kind: 'truncated', box: 'header', missingBytes: 8 - header.length };
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const type = String.fromCharCode(...header.subarray(4, 8));
    if (count === 0 && !firstBoxes.has(type)) return { kind: 'not-iso-bmff' };
    const short = view.getUint32(0);
    if (short === 1 && header.length < 16) return { kind: 'truncated', box: type, missingBytes: 16 - header.length };
    // 0: the box goes on to the end of the file; 1: a 64-bit length follows.
    const length = short === 0 ? sizeBytes - at : short === 1 ? Number(view.getBigUint64(8)) : short;
    if (length < 8) break; // no box: padding after the last one, which every reader ignores
    if (at + length > sizeBytes) {
      // Some writers leave a few odd bytes behind the last box; only boxes that hold media are missed.
      const missed = holdsMedia(type) || type === 'moov';
      if (missed) return { kind: 'truncated', box: type, missingBytes: at + length - sizeBytes };
      break;
    }
    index ||= type === 'moov';
    media ||= holdsMedia(type);
    at += length;
  }
  // Cut exactly between the index and the media that it points at.
  return index && !media ? { kind: 'truncated', box: 'mdat', missingBytes: 0 } : { kind: 'complete' };
}
