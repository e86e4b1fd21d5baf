import * as z from 'zod';
import { type Box, child } from './child-box.ts';

/** Bytes [offset, offset + length) of a file. */
export const ByteSpan = z.object({ offset: z.int().nonnegative(), length: z.int().positive() });
export type ByteSpan = z.infer<typeof ByteSpan>;

/** Of sample flags (ISO/IEC 14496-12 section 8.8.3.1): `sample_is_non_sync_sample`. */
const nonSync = 0x1_0000;

/**
 * What to read of a CMAF media segment for its first picture alone: its movie fragment up to the end of the first sample.
 * With the initialization segment before them these bytes are a file of one frame, which is what an I-frame playlist wants
 * of a byte range (RFC 8216 section 4.3.3.6).
 * @throws Error if the segment does not begin with a sync sample of a known place and size
 */
export function keyFrameSpan(segment: Uint8Array): ByteSpan {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const moof = child(view, 0, view.byteLength, 'moof');
  const traf = child(view, moof.body, moof.end, 'traf');
  const defaults = fragmentDefaults(view, child(view, traf.body, traf.end, 'tfhd'));
  const first = firstSample(view, child(view, traf.body, traf.end, 'trun'));
  const size = first.size ?? defaults.size;
  const flags = first.flags ?? defaults.flags ?? 0;
  if (size === undefined || size === 0) throw new Error('the first sample has no size');
  if (flags & nonSync) throw new Error('the segment does not begin with a sync sample');
  const offset = moof.body - 8;
  const end = (defaults.base ?? offset) + first.offset + size;
  if (end <= moof.end || end > view.byteLength)
    throw new Error(`the first sample ends at ${end} of ${view.byteLength}`);
  return { offset, length: end - offset };
}

/** Reads 32-bit fields that are there or not, one bit of `flags` each, in their order. */
function optionalFields(view: DataView, from: number) {
  let at = from;
  return (isThere: boolean): number | undefined => {
    if (!isThere) return undefined;
    at += 4;
    return view.getUint32(at - 4);
  };
}

/** The low 24 bits of a full box's first field. */
const flagsOf = (view: DataView, box: Box) => view.getUint32(box.body) & 0xff_ffff;

/** Track Fragment Header (ISO/IEC 14496-12 section 8.8.7). */
function fragmentDefaults(view: DataView, tfhd: Box) {
  const has = flagsOf(view, tfhd);
  const hasBase = (has & 0x1) !== 0;
  const base = hasBase ? Number(view.getBigUint64(tfhd.body + 8)) : undefined;
  const field = optionalFields(view, tfhd.body + (hasBase ? 16 : 8));
  field((has & 0x2) !== 0);
  field((has & 0x8) !== 0);
  return { base, size: field((has & 0x10) !== 0), flags: field((has & 0x20) !== 0) };
}

/** Of a Track Fragment Run (section 8.8.8): where its data begins, and what it says of its first sample. */
function firstSample(view: DataView, trun: Box) {
  const has = flagsOf(view, trun);
  if ((has & 0x1) === 0 || view.getUint32(trun.body + 4) === 0)
    throw new Error('a run without samples of a known place');
  const offset = view.getInt32(trun.body + 8);
  const field = optionalFields(view, trun.body + 12);
  const firstFlags = field((has & 0x4) !== 0);
  field((has & 0x100) !== 0);
  const size = field((has & 0x200) !== 0);
  const ownFlags = field((has & 0x400) !== 0);
  return { offset, size, flags: firstFlags ?? ownFlags };
}
