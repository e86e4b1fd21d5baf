import type { Plan } from './plan.ts';
import { framesPerSecond, type Rate } from './rate.ts';

/** A picture that stands still for longer than this, where its frames are there but cannot be decoded, is no picture. Seconds. */
const frozenSeconds = 2;

/**
 * Whether a chunk's picture stands still because its source is destroyed there: a decoder drops what it cannot read, goes on,
 * and ends well, and the gap is filled with the frame before it. Gaps alone are no damage: a screen that is recorded as it
 * changes has them, and a reception that broke off. So the decoder must have complained, of frames that should come regularly, and
 * as many must have been there.
 * @param repeated frames of the chunk that are the one before again
 * @param undecoded frames of the source that were read and not decoded
 */
export function isFrozen(
  { rate, video }: { readonly rate: Rate; readonly video: Pick<Plan['video'], 'variable' | 'sourceRate'> },
  {
    frames,
    repeated,
    undecoded,
    complained,
  }: { frames: number; repeated: number; undecoded: number; complained: boolean },
): boolean {
  if (!complained || video.variable) return false;
  // Of a source of 15 frames a second every frame is shown twice at 30.
  const due = frames * Math.max(0, 1 - framesPerSecond(video.sourceRate) / framesPerSecond(rate));
  const lost = Math.min((repeated - due) / framesPerSecond(rate), undecoded / framesPerSecond(video.sourceRate));
  return lost > frozenSeconds;
}
