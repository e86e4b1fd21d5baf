import { expect, it } from 'vitest';
import { startTime } from '../../../../web/watch/start-time.ts';

it('reads the place that a link names, in the ways that people write it', () => {
  expect(['90', 90, '90s', '1m30s', '1m30', '1h2m3s', '2h', 0].map(startTime)).toEqual([
    90, 90, 90, 90, 90, 3723, 7200, 0,
  ]);
});

it('passes over what names none', () => {
  expect([undefined, '', 'x', '-5', '1.5', '1:30', '5m4h', '99999999'].map(startTime)).toEqual(
    Array(8).fill(undefined),
  );
});
