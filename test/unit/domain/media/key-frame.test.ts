import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrameSpan } from '../../../../domain/media/key-frame.ts';

const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * i);
  return bytes;
};
const box = (type: string, ...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
};

interface Made {
  /** Bytes before the fragment: styp, sidx. */
  readonly before: number;
  readonly sizes: readonly number[];
  /** Where sizes and flags stand: with each sample, or once for all. */
  readonly sizesApart: boolean;
  readonly flags: 'first' | 'each' | 'default' | 'none';
  readonly isSync: boolean;
}

function segment({ before, sizes, sizesApart, flags, isSync }: Made): Buffer {
  const flag = isSync ? 0x0200_0000 : 0x0101_0000;
  const tfhd = box(
    'tfhd',
    u32(0x02_0000 | 0x8 | (sizesApart ? 0 : 0x10) | (flags === 'default' ? 0x20 : 0), 1, 1001),
    sizesApart ? u32() : u32(sizes[0] ?? 0),
    flags === 'default' ? u32(flag) : u32(),
  );
  const has = 0x1 | (sizesApart ? 0x200 : 0) | (flags === 'first' ? 0x4 : 0) | (flags === 'each' ? 0x400 : 0) | 0x800;
  const trun = (offset: number) =>
    box(
      'trun',
      u32(has, sizes.length, offset),
      flags === 'first' ? u32(flag) : u32(),
      ...sizes.map((size) => u32(...(sizesApart ? [size] : []), ...(flags === 'each' ? [flag] : []), 0)),
    );
  const moof = (offset: number) => box('moof', box('mfhd', u32(0, 1)), box('traf', tfhd, trun(offset)));
  const media = sizes.map((size, i) => Buffer.alloc(sizesApart ? size : (sizes[0] ?? 0), i + 1));
  return Buffer.concat([box('styp', Buffer.alloc(before)), moof(moof(0).length + 8), box('mdat', ...media)]);
}

const anyMade: fc.Arbitrary<Made> = fc.record({
  before: fc.nat(200),
  sizes: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }),
  sizesApart: fc.boolean(),
  flags: fc.constantFrom('first', 'each', 'default', 'none'),
  isSync: fc.constant(true),
});

describe('what to read of a segment for its first picture', () => {
  it('begins with the fragment and ends with the first sample, wherever its size and flags stand', () => {
    fc.assert(
      fc.property(anyMade, (made) => {
        const bytes = segment(made);
        const { offset, length } = keyFrameSpan(bytes);
        expect(offset).toBe(made.before + 8);
        expect(bytes.subarray(offset + 4, offset + 8).toString()).toBe('moof');
        const media = bytes.indexOf('mdat') + 4;
        expect(offset + length - media).toBe(made.sizes[0]);
        expect(new Set(bytes.subarray(media, offset + length))).toEqual(new Set([1]));
      }),
    );
  });

  it('is nothing where a segment begins with another picture', () => {
    fc.assert(
      fc.property(anyMade, fc.constantFrom('first', 'each', 'default'), (made, flags) => {
        expect(() => keyFrameSpan(segment({ ...made, flags, isSync: false }))).toThrow('sync sample');
      }),
    );
  });

  it('is an error, never a range beyond the file, where the segment is cut', () => {
    fc.assert(
      fc.property(anyMade, fc.nat(), (made, cut) => {
        const bytes = segment({ ...made, sizes: made.sizes.slice(0, 1) });
        expect(() => keyFrameSpan(bytes.subarray(0, cut % bytes.length))).toThrow();
      }),
    );
  });
});
