import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audioSampleRate, plan, samplesPerAudioFrame } from '../../../../domain/media/plan.ts';
import { framesPerSecond } from '../../../../domain/media/rate.ts';
import { audioFrames, chunks, segmentCount, segmentFrames, titleSeconds } from '../../../../domain/media/timeline.ts';
import { anyPlan, anyProbe } from './arbitrary.ts';

describe('the timeline of any title', () => {
  it('covers every frame exactly once, by segments and by chunks of whole segments', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const frames = Array.from({ length: segmentCount(plan) }, (_, i) => segmentFrames(plan, i + 1));
        expect(frames.every((n) => n > 0)).toBe(true);
        expect(frames.slice(0, -1).every((n) => n === plan.framesPerSegment)).toBe(true);
        expect(frames.reduce((a, b) => a + b, 0)).toBe(plan.totalFrames);
        let frame = 0;
        let segment = 1;
        for (const [i, chunk] of chunks(plan).entries()) {
          expect(chunk).toMatchObject({ index: i, firstFrame: frame, firstSegment: segment });
          frame += chunk.frames;
          segment = chunk.lastSegment + 1;
        }
        expect(frame).toBe(plan.totalFrames);
        expect(segment).toBe(segmentCount(plan) + 1);
      }),
    );
  });

  it('has no chunk shorter than a second unless the title is', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const shortest = Math.min(...chunks(plan).map((c) => c.frames));
        expect(shortest).toBeGreaterThanOrEqual(Math.min(plan.totalFrames, Math.floor(framesPerSecond(plan.rate))));
      }),
    );
  });

  it('gives every AAC frame to one segment, the one in which it starts', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        let next = 0;
        for (let n = 1; n <= Math.min(segmentCount(plan), 500); n++) {
          const { first, end } = audioFrames(plan, n);
          expect(first).toBe(next);
          const starts = ((n - 1) * plan.framesPerSegment * plan.rate.den) / plan.rate.num;
          const late = (first * samplesPerAudioFrame) / audioSampleRate - starts;
          expect(late).toBeGreaterThanOrEqual(-1e-9);
          expect(late).toBeLessThan(samplesPerAudioFrame / audioSampleRate);
          next = end;
        }
      }),
    );
  });

  it('lasts as long as its source within one frame, and longer by no more than the rounding of a clock', () => {
    fc.assert(
      fc.property(anyProbe, (probe) => {
        const title = plan({ videoId: 'v', attempt: 1 }, 'k', probe, { eagerLines: 1080 });
        const frame = 1 / framesPerSecond(title.rate);
        const longer = titleSeconds(title) - probe.video.durationSeconds;
        expect(longer).toBeGreaterThan(-frame);
        if (title.totalFrames > 1) expect(longer).toBeLessThanOrEqual(0.1 * frame + 1e-9);
      }),
    );
  });
});
