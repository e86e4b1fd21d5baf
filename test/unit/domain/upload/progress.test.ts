import fc from 'fast-check';
import { expect, it } from 'vitest';
import { progressOfSending } from '../../../../domain/upload/progress.ts';

it('tells the share of the parts up to the last that was asked for, and 1 with the last of all', () => {
  expect(progressOfSending([1], 10, undefined)).toBe(0.1);
  expect(progressOfSending([3, 2], 10, 0.1)).toBe(0.3);
  expect(progressOfSending([10], 10, 0.9)).toBe(1);
  expect(progressOfSending([10_000], 10_000, 0.99)).toBe(1);
});

it('does not fall, when parts are sent again', () => {
  expect(progressOfSending([2], 10, 0.5)).toBeUndefined();
  expect(progressOfSending([10], 10, 1)).toBeUndefined();
});

it('a file of any number of parts, sent in order, costs no more than 21 notes, and ends with 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 4 }), (count, atOnce) => {
      const told: number[] = [];
      for (let first = 1; first <= count; first += atOnce) {
        const numbers = Array.from({ length: Math.min(atOnce, count - first + 1) }, (_, i) => first + i);
        const next = progressOfSending(numbers, count, told.at(-1));
        if (next !== undefined) told.push(next);
      }
      expect(told.at(-1)).toBe(1);
      expect(told.length).toBeLessThanOrEqual(21);
      expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
