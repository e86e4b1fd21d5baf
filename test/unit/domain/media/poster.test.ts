import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOf, interest, isEnough, judged, type Look, sharpness } from '../../../../domain/media/poster.ts';

const { width, height } = judged;
const drawn = (place: number, sample: (x: number, y: number) => number): Look => ({
  place,
  gray: Uint8Array.from({ length: width * height }, (_, i) => sample(i % width, Math.floor(i / width))),
});
/** Stripes as wide as `size`: a picture of its own for each size and phase. */
const stripes = (place: number, size: number, phase = 0) =>
  drawn(place, (x) => (Math.floor((x + phase) / size) % 2 ? 220 : 30));
const plain = (place: number, brightness: number) => drawn(place, () => brightness);
/** The same stripes out of focus: each sample is the mean of its neighbours. */
const blurred = (place: number, size: number) =>
  drawn(place, (x) => {
    const near = Array.from({ length: 9 }, (_, i) => (Math.floor((x + i) / size) % 2 ? 220 : 30));
    return near.reduce((a, b) => a + b, 0) / near.length;
  });

const anyLook: fc.Arbitrary<Look> = fc
  .record({
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    size: fc.integer({ min: 1, max: 40 }),
    phase: fc.nat(40),
    kind: fc.constantFrom('stripes', 'blurred', 'black', 'white'),
  })
  .map(({ place, size, phase, kind }) => {
    if (kind === 'black' || kind === 'white') return plain(place, kind === 'black' ? 16 : 235);
    return kind === 'stripes' ? stripes(place, size, phase) : blurred(place, size);
  });

describe('the candidates for a poster', () => {
  it('are three at most, of those that were looked at, no two alike, and none dull while others are there', () => {
    fc.assert(
      fc.property(fc.array(anyLook, { minLength: 1, maxLength: 12 }), (looks) => {
        const chosen = candidatesOf(looks);
        expect(chosen.length).toBeGreaterThan(0);
        expect(chosen.length).toBeLessThanOrEqual(3);
        for (const one of chosen) expect(looks).toContain(one);
        for (const [i, one] of chosen.entries())
          for (const other of chosen.slice(0, i)) expect(one.gray).not.toEqual(other.gray);
        const isDull = ({ gray }: Look) => interest(gray) < 0.1;
        if (looks.some((look) => !isDull(look))) expect(chosen.some(isDull)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it('are of different thirds of the title where each has a good one', () => {
    const looks = [0.1, 0.2, 0.3, 0.5, 0.9].map((place, i) => stripes(place, 4 + i));
    const chosen = candidatesOf([...looks, stripes(0.15, 1)]);
    expect(chosen.map(({ place }) => Math.floor(place * 3)).sort()).toEqual([0, 1, 2]);
    expect(isEnough(chosen)).toBe(true);
  });

  it('begin with the sharper of two pictures of the same thing', () => {
    const [sharp, soft] = [stripes(0.9, 10), blurred(0.1, 10)];
    expect(sharpness(sharp.gray)).toBeGreaterThan(sharpness(soft.gray));
    expect(candidatesOf([soft, sharp])[0]).toBe(sharp);
  });

  it('of a title that is black all through are a black picture: there must be one', () => {
    const chosen = candidatesOf([plain(0.1, 16), plain(0.5, 16), plain(0.9, 17)]);
    expect(chosen).toHaveLength(1);
    expect(isEnough(chosen)).toBe(false);
  });
});
