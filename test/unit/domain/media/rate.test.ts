import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  framesPerSecond,
  framesPerSegment,
  ticksPerFrame,
  titleRate,
  videoTimescale,
} from '../../../../domain/media/rate.ts';
import { anyRate } from './arbitrary.ts';

it.each([
  [24000, 1001, 24000, 1001],
  [24, 1, 24, 1],
  [25, 1, 25, 1],
  [50, 1, 25, 1],
  [60000, 1001, 30000, 1001],
  [60, 1, 30, 1],
  [2997, 100, 30000, 1001],
  [2997, 125, 24000, 1001],
  [12, 1, 24, 1],
  [15, 1, 30, 1],
  [120, 1, 30, 1],
  [2500, 83, 30, 1],
  [29, 1, 30, 1],
  [26, 1, 25, 1],
])('a source of %i/%i makes a title of %i/%i', (num, den, titleNum, titleDen) => {
  expect(titleRate({ num, den })).toEqual({ num: titleNum, den: titleDen });
});

it('a frame is a whole number of ticks, and a segment about 4 s, at any rate', () => {
  fc.assert(
    fc.property(anyRate, (source) => {
      const rate = titleRate(source);
      expect(ticksPerFrame(rate) * framesPerSecond(rate)).toBeCloseTo(videoTimescale(rate), 6);
      expect(Math.abs(framesPerSegment(rate) / framesPerSecond(rate) - 4)).toBeLessThan(0.005);
    }),
  );
});
