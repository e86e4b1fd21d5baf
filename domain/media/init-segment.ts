import { child } from './child-box.ts';

/**
 * Sets the title's length in an init segment: `mehd` (ISO/IEC 14496-12 section 8.8.2), where a packager writes the length
 * of what it was given, which is a chunk. With the title's length the inits of all chunks are the same bytes, so whichever
 * arrives first is right for all.
 * @param init the bytes of the init segment; changed in place
 * @throws Error if a box is missing or the lengths do not fit together
 */
export function setTitleDuration(init: Uint8Array, seconds: { readonly num: number; readonly den: number }): void {
  const view = new DataView(init.buffer, init.byteOffset, init.byteLength);
  const moov = child(view, 0, view.byteLength, 'moov');
  const mvhd = child(view, moov.body, moov.end, 'mvhd');
  const mvex = child(view, moov.body, moov.end, 'mvex');
  const mehd = child(view, mvex.body, mvex.end, 'mehd');
  // A full box: version in the first byte; version 1 has 64-bit times.
  const timescale = view.getUint32(mvhd.body + (view.getUint8(mvhd.body) === 1 ? 20 : 12));
  const ticks = BigInt(Math.round((seconds.num * timescale) / seconds.den));
  if (view.getUint8(mehd.body) === 1) view.setBigUint64(mehd.body + 4, ticks);
  else view.setUint32(mehd.body + 4, Number(ticks));
}
