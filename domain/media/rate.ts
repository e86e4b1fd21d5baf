import * as z from 'zod';

/** Frames a second as a fraction: 30000/1001 is not 29.97. */
export const Rate = z.object({ num: z.int().positive(), den: z.int().positive() });
export type Rate = z.infer<typeof Rate>;

/** The rates that titles are made in: the film, PAL and NTSC families. */
const families: readonly Rate[] = [
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
];

export const framesPerSecond = (rate: Rate): number => rate.num / rate.den;

/** Nearness within which two rates are the same: half the gap between 30 and 30000/1001. */
const tolerance = 0.0005;

/**
 * The rate to make a title in. A source of a family's rate, or of a multiple or whole fraction of it (60 → 30, 12 → 24),
 * keeps its family so that no frame is repeated unevenly; any other source goes to the nearest of 24, 25 and 30.
 */
export function titleRate(source: Rate): Rate {
  const wanted = framesPerSecond(source);
  for (const factor of [1, 2, 1 / 2, 4, 1 / 3]) {
    const match = families.find((f) => Math.abs((framesPerSecond(f) * factor) / wanted - 1) < tolerance);
    if (match) return match;
  }
  if (wanted >= 27.5 || wanted < 18) return { num: 30, den: 1 };
  return wanted >= 24.5 ? { num: 25, den: 1 } : { num: 24, den: 1 };
}

/** Ticks a second of video timestamps: a frame is a whole number of ticks in every family. */
export const videoTimescale = (rate: Rate): number => (rate.den === 1001 ? rate.num : rate.num * 1000);

/** Ticks of one frame at `videoTimescale`. */
export const ticksPerFrame = (rate: Rate): number => (rate.den === 1001 ? 1001 : 1000);

/** Frames of one segment: about 4 s. */
export const framesPerSegment = (rate: Rate): number => Math.round((4 * rate.num) / rate.den);
