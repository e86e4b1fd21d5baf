import type { Plan } from './plan.ts';
import { framesPerSecond } from './rate.ts';

/** A picture that stands still for longer than this, where its frames are there but cannot be decoded, is no picture. Seconds. */
const frozenSeconds = 2;

/**
 * Whether a chunk's picture stands still because its source is destroyed there: a decoder drops what it cannot read, goes on,
 * and ends well, and the gap is filled with the frame before it. Gaps alone are no damage: a screen that is recorded as it
 * changes has them. So the decoder must have complained, of frames that should come regularly.
 * @param repeated frames of the chunk that are the one before again
 */
export function isFrozen(
  { rate, video }: Pick<Plan, 'rate' | 'video'>,
  { frames, repeated, complained }: { frames: number; repeated: number; complained: boolean },
): boolean {
  if (!complained || video.variable) return false;
  // Of a source of 15 frames a second every frame is shown twice at 30.
  const due = frames * Math.max(0, 1 - framesPerSecond(video.sourceRate) / framesPerSecond(rate));
  return repeated - due > frozenSeconds * framesPerSecond(rate);
}
