import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sheets, storyboardTrack, tileDistance, tileSize } from '../../../../domain/media/storyboard.ts';
import { chunks, titleSeconds } from '../../../../domain/media/timeline.ts';
import { thumbnails } from '../../../commands/pictures.ts';
import { anyPlan } from './arbitrary.ts';

const listed = (plan: Parameters<typeof storyboardTrack>[0], made = sheets(plan)) =>
  thumbnails(async () => Buffer.from(storyboardTrack(plan, made)), '/media/v/1/storyboard.vtt');

describe('the storyboard of any title', () => {
  it('has a picture for every moment, one after the other, and never more than 1,500', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, async (plan) => {
        const found = await listed(plan);
        expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(1500);
        expect(found[0]?.start).toBe(0);
        // The track has milliseconds.
        expect(Math.abs((found.at(-1)?.end ?? 0) - titleSeconds(plan))).toBeLessThan(0.001);
        found.forEach((one, i) => {
          expect(one.end).toBe(found[i + 1]?.start ?? one.end);
          // A title of one frame, at most, is shorter than a millisecond's rounding.
          expect(one.end).toBeGreaterThan(one.start);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is made chunk by chunk: a sheet shows frames of its chunk alone, each in a place of its own', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const all = chunks(plan);
        const { width, height } = tileSize(plan);
        expect(Math.max(width, height)).toBeLessThanOrEqual(192);
        for (const { number, frames, columns } of sheets(plan)) {
          const { firstFrame = 0, frames: length = 0 } = all[number - 1] ?? {};
          for (const frame of frames) {
            expect(frame % tileDistance(plan)).toBe(0);
            expect(frame).toBeGreaterThanOrEqual(firstFrame);
            expect(frame).toBeLessThan(firstFrame + length);
          }
          expect(columns).toBeLessThanOrEqual(frames.length);
        }
      }),
    );
  });

  it('lists, of sheets that are not all there, those that are', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, async (plan) => {
        const made = sheets(plan).filter(({ number }) => number % 2 === 0);
        const named = new Set((await listed(plan, made)).map(({ sheet }) => sheet));
        expect([...named]).toEqual(made.map(({ number }) => `/media/v/1/storyboard/${number}.jpg`));
      }),
      { numRuns: 20 },
    );
  });
});
