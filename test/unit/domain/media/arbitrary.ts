import * as fc from 'fast-check';
import { type Plan, plan } from '../../../../domain/media/plan.ts';
import type { Probe } from '../../../../domain/media/probe.ts';
import type { Rate } from '../../../../domain/media/rate.ts';

/** Rates that cameras, screens and editors write, and some that nobody should. */
export const anyRate: fc.Arbitrary<Rate> = fc.oneof(
  fc.constantFrom<Rate>(
    { num: 24000, den: 1001 },
    { num: 24, den: 1 },
    { num: 25, den: 1 },
    { num: 30000, den: 1001 },
    { num: 30, den: 1 },
    { num: 50, den: 1 },
    { num: 60000, den: 1001 },
    { num: 60, den: 1 },
    { num: 15, den: 1 },
    { num: 12, den: 1 },
  ),
  fc.record({ num: fc.integer({ min: 1, max: 240_000 }), den: fc.integer({ min: 1, max: 2000 }) }),
);

export const anyPicture = fc.record({
  width: fc.integer({ min: 16, max: 8192 }),
  height: fc.integer({ min: 16, max: 8192 }),
});

export const anyProbe: fc.Arbitrary<Probe> = fc.record({
  container: fc.constant('mov'),
  video: fc.record({
    streamIndex: fc.integer({ min: 0, max: 5 }),
    codec: fc.constant('h264'),
    picture: anyPicture,
    rate: anyRate,
    colors: fc.record({
      transfer: fc.constantFrom('sdr', 'pq', 'hlg'),
      system: fc.constantFrom('bt709', 'bt601-525', 'bt601-625', 'bt2020'),
      fullRange: fc.boolean(),
    }),
    interlaced: fc.boolean(),
    variable: fc.boolean(),
    offsetSeconds: fc.double({ min: 0, max: 0.1, noNaN: true }),
    durationSeconds: fc.oneof(
      fc.double({ min: 0.01, max: 60, noNaN: true }),
      fc.double({ min: 60, max: 12 * 3600, noNaN: true }),
    ),
  }),
  audio: fc.array(
    fc.record(
      {
        streamIndex: fc.integer({ min: 0, max: 9 }),
        codec: fc.constant('aac'),
        channels: fc.integer({ min: 1, max: 8 }),
        sampleRate: fc.constantFrom(8000, 22050, 44100, 48000, 96000),
        startSeconds: fc.constantFrom(0, 0.021),
        timescale: fc.constantFrom(1000, 48000, 90000),
        language: fc.constantFrom('en', 'fr'),
      },
      { requiredKeys: ['streamIndex', 'codec', 'channels', 'sampleRate', 'startSeconds', 'timescale'] },
    ),
    { maxLength: 3 },
  ),
});

export const anyPlan: fc.Arbitrary<Plan> = anyProbe.map((probe) =>
  plan({ videoId: '01JD0000000000000000000000', attempt: 1 }, 'sources/a/b', probe, { eagerLines: 1080 }),
);
