import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Limit, type LimitWindow, type Standing, windowAt } from '../../../../domain/api/limits.ts';
import { limiter } from '../../../../lambdas/shared/limits.ts';

const route = 'login';
const asker = { userId: undefined, address: '203.0.113.9' };

/** Whether each request of these times was let through, by the rule and a counter of each window. */
async function allowed(limit: Limit, times: readonly number[]) {
  const counts = new Map<string, number>();
  const count = async (key: string, _: LimitWindow) => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts.get(key) ?? 0;
  };
  const check = limiter(count);
  const requests: { at: number; standing: Standing }[] = [];
  for (const at of times) {
    for (const standing of await check(route, { perAddress: limit }, asker, at)) requests.push({ at, standing });
  }
  return { requests, writes: [...counts.values()].reduce((sum, n) => sum + n, 0) };
}

const Limits = fc.record({ requests: fc.integer({ min: 1, max: 20 }), perSeconds: fc.integer({ min: 1, max: 300 }) });
const Times = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 200 }).map((gaps) => {
  let now = 1_800_000_000_000;
  return gaps.map((gap) => (now += gap));
});

describe('a limit', () => {
  it('lets through exactly as many requests of a window as it says, the first ones', async () => {
    await fc.assert(
      fc.asyncProperty(Limits, Times, async (limit, times) => {
        const { requests } = await allowed(limit, times);
        const windows = Map.groupBy(requests, ({ at }) => windowAt(limit, at).number);
        for (const inWindow of windows.values()) {
          const through = inWindow.map(({ standing }) => !standing.isExceeded);
          expect(through).toEqual(inWindow.map((_, i) => i < limit.requests));
        }
      }),
    );
  });

  it('lets through twice as many at most in any time as long as a window', async () => {
    await fc.assert(
      fc.asyncProperty(Limits, Times, async (limit, times) => {
        const { requests } = await allowed(limit, times);
        const through = requests.filter(({ standing }) => !standing.isExceeded).map(({ at }) => at);
        for (const from of through) {
          const within = through.filter((at) => at >= from && at < from + limit.perSeconds * 1000);
          expect(within.length).toBeLessThanOrEqual(2 * limit.requests);
        }
      }),
    );
  });

  it('lets somebody through again exactly when it says', async () => {
    await fc.assert(
      fc.asyncProperty(Limits, fc.integer({ min: 0, max: 10 ** 13 }), async (limit, now) => {
        const times = Array.from({ length: limit.requests + 1 }, () => now);
        const { requests } = await allowed(limit, times);
        const { isExceeded, resetSeconds } = requests.at(-1)?.standing ?? {};
        expect(isExceeded).toBe(true);
        const later = await allowed(limit, [...times, now + (resetSeconds ?? 0) * 1000]);
        expect(later.requests.at(-1)?.standing.isExceeded).toBe(false);
      }),
    );
  });

  it('costs one write a request, and none once it is known to be used up', async () => {
    const at = 1_800_000_000_000;
    const { writes } = await allowed({ requests: 5, perSeconds: 60 }, Array<number>(50).fill(at));
    expect(writes).toBe(6);
  });
});
