import { readFile, writeFile } from 'node:fs/promises';

/**
 * Makes a file claim to last longer than it does, as some recorders and editors leave them: in every place of its
 * header that says a length, while its samples stay as they are.
 * `seconds` is how long it is. @throws Error if the file has no such place.
 */
export async function claimDuration(file: string, seconds: number, extraSeconds: number): Promise<void> {
  const bytes = withExtendsHeader(await readFile(file), seconds);
  const changed = file.endsWith('.mkv') ? claimInMatroska(bytes, extraSeconds) : claimInBoxes(bytes, extraSeconds);
  if (changed === 0) throw new Error(`${file} has no duration to change`);
  await writeFile(file, bytes);
}

const containers = new Set(['moov', 'trak', 'mdia', 'edts', 'mvex']);

interface Box {
  readonly type: string;
  /** Where the box, its content and what follows it start. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

function* boxesWithin(bytes: Buffer, from: number, to: number): Generator<Box> {
  for (let at = from; at + 8 <= to; ) {
    const short = bytes.readUInt32BE(at);
    const length = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || to - at;
    const box = {
      type: bytes.toString('latin1', at + 4, at + 8),
      start: at,
      content: at + (short === 1 ? 16 : 8),
      end: at + length,
    };
    yield box;
    if (containers.has(box.type)) yield* boxesWithin(bytes, box.content, box.end);
    at = box.end;
  }
}

/**
 * A fragmented file says its length in a Movie Extends Header (section 8.8.2), which ffmpeg leaves out: put it in.
 * Offsets within fragments are relative to them, so they may move.
 */
function withExtendsHeader(bytes: Buffer, seconds: number): Buffer {
  const boxes = [...boxesWithin(bytes, 0, bytes.length)];
  const [moov, mvhd, mvex] = ['moov', 'mvhd', 'mvex'].map((type) => boxes.find((box) => box.type === type));
  if (!moov || !mvhd || !mvex || boxes.some((box) => box.type === 'mehd')) return bytes;
  const mehd = Buffer.alloc(16);
  mehd.writeUInt32BE(mehd.length, 0);
  mehd.write('mehd', 4, 'latin1');
  mehd.writeUInt32BE(Math.round(seconds * bytes.readUInt32BE(mvhd.content + 12)), 12);
  for (const box of [moov, mvex]) bytes.writeUInt32BE(box.end - box.start + mehd.length, box.start);
  return Buffer.concat([bytes.subarray(0, mvex.content), mehd, bytes.subarray(mvex.content)]);
}

/** Where a full box of version 0 (ISO/IEC 14496-12 section 8) says its 32-bit length, from its content's start. */
const durationAt: Readonly<Record<string, number>> = { mvhd: 16, tkhd: 20, mdhd: 16, mehd: 4 };

function claimInBoxes(bytes: Buffer, extraSeconds: number): number {
  let movieTimescale = 0;
  let changed = 0;
  const add = (at: number, timescale: number) => {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return; // unknown: a fragmented file's tracks
    bytes.writeUInt32BE(length + Math.round(extraSeconds * timescale), at);
    changed++;
  };
  for (const { type, content } of boxesWithin(bytes, 0, bytes.length)) {
    const at = durationAt[type];
    if (at === undefined && type !== 'elst') continue;
    if (bytes[content] !== 0) throw new Error(`${type} of version ${bytes[content]} where 0 is made`);
    if (type === 'mvhd') movieTimescale = bytes.readUInt32BE(content + 12);
    if (at !== undefined) add(content + at, type === 'mdhd' ? bytes.readUInt32BE(content + 12) : movieTimescale);
    else add(content + 8 + 12 * (bytes.readUInt32BE(content + 4) - 1), movieTimescale);
  }
  return changed;
}

/** The Duration element of Segment Info (RFC 9559 section 5.1.2.10): id 0x4489, then a float of 8 bytes, in ms as written. */
function claimInMatroska(bytes: Buffer, extraSeconds: number): number {
  const at = bytes.indexOf(Buffer.from([0x44, 0x89, 0x88]));
  if (at < 0) return 0;
  bytes.writeDoubleBE(bytes.readDoubleBE(at + 3) + extraSeconds * 1000, at + 3);
  return 1;
}
