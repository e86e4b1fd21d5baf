import { expect, it } from 'vitest';
import { standing } from '../../../../web/watch/player/standing.ts';

const twoHours = 7200;

it('a title that is ready is encoded everywhere, also before its length is known', () => {
  expect(standing(7190, 1, twoHours)).toBe('encoded');
  expect(standing(0, 1, Number.NaN)).toBe('encoded');
});

it('a title that has just become playable is ahead of its encode from the start', () => {
  expect(standing(0, 0, twoHours)).toBe('ahead');
  expect(standing(0, 0.5, Number.NaN)).toBe('ahead');
});

it('what a player asks for must be encoded too, and the chunks before it, which may end later', () => {
  const encoded = 0.25;
  expect(standing(1801, encoded, twoHours)).toBe('ahead');
  expect(standing(1790, encoded, twoHours)).toBe('ahead');
  expect(standing(600, encoded, twoHours)).toBe('encoded');
});

it('between the two nothing changes, so that an encode as fast as its viewer does not turn the quality up and down', () => {
  const places = Array.from({ length: 100 }, (_, i) => standing(1800 - i, 0.25, twoHours));
  expect([...new Set(places)]).toEqual(['ahead', 'near', 'encoded']);
  expect(places.filter((place) => place === 'near').length).toBeGreaterThan(12);
});
