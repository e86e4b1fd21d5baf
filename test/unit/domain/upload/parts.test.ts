import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  maxParts,
  maxSourceBytes,
  minPartBytes,
  partCount,
  partLength,
  partSizeBytes,
} from '../../../../domain/upload/parts.ts';

const MiB = 1024 * 1024;
/** Sizes of every magnitude up to 5 TB, and those around the steps. */
const anySize = fc.oneof(
  fc.integer({ min: 0, max: 42 }).chain((power) => fc.integer({ min: 1, max: 2 ** power })),
  fc.integer({ min: 1, max: maxSourceBytes }),
  fc
    .tuple(fc.constantFrom(5 * MiB, 8 * MiB, 64 * MiB, 640_000 * MiB, maxSourceBytes), fc.integer({ min: -2, max: 0 }))
    .map(([at, off]) => at + off),
);
const anyWish = fc.option(fc.integer({ min: minPartBytes, max: 6 * 1024 ** 3 }), { nil: undefined });

describe('the parts of a file', () => {
  it('cover it exactly, within the limits of S3, whatever its size and the wish', () => {
    fc.assert(
      fc.property(anySize, anyWish, (size, wish) => {
        const part = partSizeBytes(size, wish);
        const count = partCount(size, part);
        expect(count).toBeGreaterThanOrEqual(1);
        expect(count).toBeLessThanOrEqual(maxParts);
        expect(part).toBeGreaterThanOrEqual(minPartBytes);
        expect(part).toBeLessThanOrEqual(5 * 1024 ** 3);
        const last = partLength(size, part, count);
        expect(last).toBeGreaterThanOrEqual(1);
        expect(last).toBeLessThanOrEqual(part);
        expect((count - 1) * part + last).toBe(size);
        if (count > 1) expect(partLength(size, part, count - 1)).toBe(part);
      }),
      { numRuns: 1000 },
    );
  });

  it('are as small as was wished where the file allows it, and never larger for a wish', () => {
    expect(partSizeBytes(1024 * MiB, 5 * MiB)).toBe(5 * MiB);
    fc.assert(
      fc.property(anySize, anyWish, (size, wish) => {
        expect(partSizeBytes(size, wish)).toBeLessThanOrEqual(partSizeBytes(size));
      }),
    );
  });

  it('are several for all but the smallest files, so that they travel in parallel', () => {
    expect(partCount(100_000_000, partSizeBytes(100_000_000))).toBe(2);
    expect(partCount(60 * MiB, partSizeBytes(60 * MiB))).toBe(8);
  });

  it('do not exist for sizes that no source has', () => {
    for (const size of [0, -1, 1.5, maxSourceBytes + 1, Number.NaN])
      expect(() => partSizeBytes(size)).toThrow(RangeError);
  });
});
