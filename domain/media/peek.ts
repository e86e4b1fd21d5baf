import * as z from 'zod';
import type { PeekRanges } from '../upload/peek.ts';
import type { Reason, ReasonCode } from '../video/reasons.ts';
import { Plan } from './plan.ts';
import type { Probe } from './probe.ts';

/** What was made of a peek: kept beside it, for the job that will prepare the whole title. */
export const PeekResult = z.object({
  /** Base64 SHA-256 of the bytes that it was made of. */
  checksums: z.object({ head: z.string(), tail: z.string() }),
  /** As probed; whoever takes it plans with it anew, and compares. */
  probe: z.custom<Probe>((value) => typeof value === 'object' && value !== null),
  plan: Plan,
  /** The tracks whose init and segment 1 are there: the lowest rung and the sound, or none. */
  tracks: z.array(z.object({ track: z.string(), sizeBytes: z.int().positive() })),
});
export type PeekResult = z.infer<typeof PeekResult>;

/** Whether two plans are the same, whatever made them: every value of them. */
export const isSamePlan = (a: Plan, b: Plan): boolean =>
  JSON.stringify(Plan.parse(a)) === JSON.stringify(Plan.parse(b));

/**
 * What a file is rejected for while it is still on its way. That a part of it is missing or damaged is not among these:
 * the rest has not been seen.
 */
const certain: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'not-media',
  'external-references',
  'still-image',
  'no-video-track',
  'unsupported-codec',
  'dolby-vision-only',
  'encrypted',
  'too-long',
  'too-many-frames',
  'too-large-picture',
  'too-many-streams',
]);
export const isCertain = ({ code }: Reason): boolean => certain.has(code);

/** Boxes of an ISO base media file that say nothing of where and when its samples are. */
const fillers = new Set(['mdat', 'free', 'skip', 'wide']);

/**
 * Whether all that an ISO base media file says of its samples lies within head and tail, so that a demuxer tells every
 * frame's time without the bytes between (ISO/IEC 14496-12 section 6.2). Fragments tell theirs along the way: they do not.
 * `read` answers bytes [from, to), fewer at the file's end; it is asked for bytes of head and tail only.
 */
export async function holdsIndex(
  sizeBytes: number,
  { head, tail }: PeekRanges,
  read: (from: number, to: number) => Promise<Uint8Array>,
): Promise<boolean> {
  const holds = (from: number, to: number) =>
    (from >= head.from && to <= head.to) || (from >= tail.from && to <= tail.to);
  let movie = false;
  for (let at = 0; at < sizeBytes; ) {
    if (!holds(at, Math.min(at + 16, sizeBytes))) return false;
    const header = await read(at, at + 16);
    if (header.length < 8) return false;
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const type = String.fromCharCode(...header.subarray(4, 8));
    if (at === 0 && type !== 'ftyp') return false;
    const short = view.getUint32(0);
    if (short === 1 && header.length < 16) return false;
    // 0: the box goes on to the end of the file; 1: a 64-bit length follows.
    const length = short === 0 ? sizeBytes - at : short === 1 ? Number(view.getBigUint64(8)) : short;
    if (length < 8 || type === 'moof' || at + length > sizeBytes) return false;
    if (!fillers.has(type) && !holds(at, at + length)) return false;
    movie ||= type === 'moov';
    at += length;
  }
  return movie;
}
