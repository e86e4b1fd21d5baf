import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpeg } from './binaries.ts';
import { clip, ordinary } from './clip.ts';

/** A file made to break a reader. What must come of it is a typed verdict, or a clean stream. */
export interface CraftedFile {
  readonly is: string;
  readonly bytes: Buffer;
}

/** What ffmpeg makes of these arguments, as bytes. */
export async function made(fileName: string, args: readonly string[]): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'crafted-'));
  try {
    await ffmpeg([...args, join(directory, fileName)]);
    return await readFile(join(directory, fileName));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A small honest MP4, its index first. */
export async function honest(): Promise<Buffer> {
  const { file } = await clip({ ...ordinary, width: 160, height: 90, seconds: 2 });
  return made('honest.mp4', ['-i', file, '-c', 'copy', '-movflags', '+faststart']);
}

/** Boxes that hold boxes (ISO/IEC 14496-12, table 1). */
const containers = new Set('moov trak mdia minf stbl dinf edts udta mvex moof traf mfra'.split(' '));

interface Box {
  readonly type: string;
  readonly at: number;
  readonly end: number;
}

/** Every box of a file in order, those within others too. */
export function boxesOf(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = length < 8 ? to : Math.min(to, at + length);
    found.push({ type, at, end });
    if (containers.has(type)) found.push(...boxesOf(bytes, at + 8, end));
    at = end;
  }
  return found;
}

/** The file cut at the beginning of each of its boxes but the first. */
export function cutAtEachBox(bytes: Buffer): CraftedFile[] {
  return boxesOf(bytes)
    .filter(({ at }) => at > 0)
    .map(({ type, at }, i) => ({ is: `cut before box ${i + 1}, ${type}`, bytes: bytes.subarray(0, at) }));
}

/** The file cut within the head of each of its boxes: by turns in its length, in its type and right behind both. */
export function cutInHeads(bytes: Buffer): CraftedFile[] {
  const places = [2, 6, 8];
  return boxesOf(bytes).map(({ type, at }, i) => {
    const behind = places[i % places.length] ?? 0;
    return { is: `cut ${behind} bytes into box ${i + 1}, ${type}`, bytes: bytes.subarray(0, at + behind) };
  });
}

/** Numbers between 0 and 1 that are the same in every run (Park and Miller's generator). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

/** The file with some of its bytes changed, each time others; `within` bounds where. */
export function flipped(bytes: Buffer, seed: number, count: number, within: { from: number; to: number }): Buffer {
  const copy = Buffer.from(bytes);
  const random = numbers(seed);
  for (let i = 0; i < count; i++) {
    const at = within.from + Math.floor(random.next().value * (within.to - within.from));
    copy[at] = Math.floor(random.next().value * 256);
  }
  return copy;
}

/** The file with a big-endian field of one of its boxes written over; `offset` from the box's beginning. */
export function withField(bytes: Buffer, type: string, offset: number, value: number, size: 2 | 4 = 4): Buffer {
  const box = boxesOf(bytes).find((b) => b.type === type);
  if (box === undefined) throw new Error(`there is no ${type} box`);
  const copy = Buffer.from(bytes);
  copy.writeUIntBE(value, box.at + offset, size);
  return copy;
}
