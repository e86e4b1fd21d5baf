import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areSlowed,
  forgetSeconds,
  freeFailures,
  longestWaitSeconds,
  type Tries,
  waitBefore,
} from '../../../domain/access/tries.ts';

const start = Date.UTC(2026, 0, 1);
const waitAfter = (failures: number) => waitBefore({ failures, lastAt: start }, start) / 1000;

describe('after failed tries', () => {
  it('the first few are free; then each doubles the wait, up to half an hour', () => {
    expect(waitBefore(undefined, start)).toBe(0);
    expect([0, 1, freeFailures - 1].map(waitAfter)).toEqual([0, 0, 0]);
    expect([5, 6, 7, 8].map(waitAfter)).toEqual([2, 4, 8, 16]);
    expect([15, 16, 1000, 1e9].map(waitAfter)).toEqual([longestWaitSeconds, longestWaitSeconds, 1800, 1800]);
  });

  it('the wait runs off, and all is forgotten after a day without failures', () => {
    const tries: Tries = { failures: 8, lastAt: start };
    expect(waitBefore(tries, start + 15_999)).toBe(1);
    expect(waitBefore(tries, start + 16_000)).toBe(0);
    expect(areSlowed(tries, start + forgetSeconds * 1000 - 1)).toBe(true);
    expect(areSlowed(tries, start + forgetSeconds * 1000)).toBe(false);
  });

  it('whoever guesses without a pause gets in 63 tries a day at most, and the owner waits half an hour at most', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 50 }), (delays) => {
        let tries: Tries | undefined;
        let now = start;
        let made = 0;
        for (let i = 0; now < start + 24 * 3600 * 1000; i++) {
          const wait = waitBefore(tries, now);
          expect(wait).toBeLessThanOrEqual(longestWaitSeconds * 1000);
          now += wait;
          tries = { failures: (tries?.failures ?? 0) + 1, lastAt: now };
          made += 1;
          now += delays[i % delays.length] ?? 0;
        }
        expect(made).toBeLessThanOrEqual(63);
      }),
    );
  });

  it('a device that is known finds Cognito’s own lock open for half of the time', () => {
    // Cognito locks for 2^(n − 5) seconds after n failures, 15 minutes at most.
    const lockSeconds = (failures: number) => Math.min(2 ** (failures - 5), 15 * 60);
    for (let failures = freeFailures; failures < 100; failures++)
      expect(waitAfter(failures)).toBeGreaterThanOrEqual(2 * Math.min(lockSeconds(failures), 15 * 60));
  });
});
