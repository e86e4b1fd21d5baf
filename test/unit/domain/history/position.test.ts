import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { believedTimes, isFinished, resumeSeconds } from '../../../../domain/history/position.ts';

const hour = 3600_000;
const now = 1_800_000_000_000;

describe('where watching goes on', () => {
  it.each([
    [0, 600, 0],
    [300, 600, 300],
    [569, 600, 569],
    // 95 % of it.
    [570, 600, 0],
    [600, 600, 0],
    // Less than 30 s are left.
    [7_171, 7_200, 0],
    [271, 300, 0],
    [270, 300, 270],
    // Of a clip, less than a tenth.
    [19, 20, 0],
    [18, 20, 18],
    [3, 20, 3],
  ])('from %d s of %d s is %d s', (positionSeconds, durationSeconds, seconds) => {
    expect(resumeSeconds({ positionSeconds, durationSeconds })).toBe(seconds);
  });

  it('is where it stopped if nobody knows how long the video is', () => {
    expect(isFinished({ positionSeconds: 9_000 })).toBe(false);
    expect(resumeSeconds({ positionSeconds: 9_000 })).toBe(9_000);
  });
});

describe('the times that a device tells', () => {
  it('are taken as they are, if they may be true', () => {
    const told = { watchedAt: now - 2 * hour, startedAt: now - 3 * hour };
    expect(believedTimes(told, now)).toEqual(told);
  });

  it('of a clock that is ahead count as now, and do not win over later ones', () => {
    expect(believedTimes({ watchedAt: now + hour, startedAt: now + hour - 60_000 }, now)).toEqual({
      watchedAt: now,
      startedAt: now,
    });
  });

  it('are never in the future, never ancient, and begin before they end', () => {
    fc.assert(
      fc.property(fc.nat(2 * now), fc.nat(2 * now), (watchedAt, startedAt) => {
        const believed = believedTimes({ watchedAt, startedAt }, now);
        expect(believed.watchedAt).toBeLessThanOrEqual(now);
        expect(believed.watchedAt).toBeGreaterThanOrEqual(now - 7 * 24 * hour);
        expect(believed.startedAt).toBeLessThanOrEqual(believed.watchedAt);
        expect(believed.startedAt).toBeGreaterThanOrEqual(believed.watchedAt - 24 * hour);
      }),
    );
  });
});
