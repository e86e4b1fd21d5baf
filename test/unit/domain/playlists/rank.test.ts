import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRank, rankBetween, rankFirst, rankLast, rankSpread } from '../../../../domain/playlists/rank.ts';

const now = 1_800_000_000_000;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** In the order of bytes, as the table sorts. */
const sorted = (ranks: readonly string[]) => [...ranks].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

describe('ranks', () => {
  it('of items put last come after each other, of items put first before each other', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.integer({ min: 1, max: 10 ** 6 }), chance, chance, (start, later, a, b) => {
        expect(rankLast(start, a) < rankLast(start + later, b)).toBe(true);
        expect(rankFirst(start, a) > rankFirst(start + later, b)).toBe(true);
        expect(rankFirst(start, a) < rankSpread(start)).toBe(true);
        expect(rankSpread(start) < rankSpread(start + later)).toBe(true);
        expect(rankSpread(start + later) < rankLast(start, b)).toBe(true);
      }),
    );
  });

  it('have another one between any two, in whatever order items are moved', () => {
    const places = fc.array(chance, { maxLength: 200 });
    fc.assert(
      fc.property(places, (moves) => {
        const ranks = [rankFirst(now, 0), rankSpread(7), rankLast(now, 0)];
        for (const place of moves) {
          const at = Math.floor(place * (ranks.length - 1));
          ranks.splice(at + 1, 0, rankBetween(ranks[at] ?? '', ranks[at + 1] ?? ''));
        }
        expect(sorted(ranks)).toEqual(ranks);
        expect(new Set(ranks).size).toBe(ranks.length);
      }),
    );
  });

  it.each(['before', 'after'] as const)('stay short for hundreds of moves to just %s one item', (side) => {
    let [low, high] = [rankLast(now, 0.5), rankLast(now + 1, 0.5)];
    for (let i = 0; i < 400; i++) {
      const rank = rankBetween(low, high);
      expect(rank > low && rank < high).toBe(true);
      if (side === 'before') low = rank;
      else high = rank;
    }
    expect(rankBetween(low, high).length).toBeLessThan(longestRank);
  });

  it('are not between what is the wrong way round', () => {
    expect(() => rankBetween('b', 'a')).toThrow(RangeError);
    expect(() => rankBetween('a', 'a')).toThrow(RangeError);
  });
});
