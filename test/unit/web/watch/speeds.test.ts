import { expect, it } from 'vitest';
import { besideSpeed, speeds } from '../../../../web/watch/player/speeds.ts';

it('goes from speed to speed, and stays at either end', () => {
  const faster = speeds.map((speed) => besideSpeed(speed, 1));
  expect(faster).toEqual([...speeds.slice(1), speeds.at(-1)]);
  expect(besideSpeed(0.25, -1)).toBe(0.25);
  expect(besideSpeed(1, -1)).toBe(0.75);
});

it('comes back to a speed of the list from one that is not on it', () => {
  expect([besideSpeed(1.1, 1), besideSpeed(1.1, -1), besideSpeed(3, -1)]).toEqual([1.25, 1, 2]);
});
