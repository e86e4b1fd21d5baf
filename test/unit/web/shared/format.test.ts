import { describe, expect, it } from 'vitest';
import { formatBytes, formatClock, formatRemaining, formatShare } from '../../../../web/shared/format.ts';

describe('what people read', () => {
  it('tells sizes in decimal units with two or three digits', () => {
    expect([0, 999, 1000, 48_200_000, 999_950_000, 5_497_558_138_880].map(formatBytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '48.2 MB',
      '1.0 GB',
      '5.5 TB',
    ]);
  });

  it('tells positions as a clock does, with hours only where there are some', () => {
    expect([0, 7.9, 59.99, 60, 754, 3723, Number.NaN].map(formatClock)).toEqual([
      '0:00',
      '0:07',
      '0:59',
      '1:00',
      '12:34',
      '1:02:03',
      '0:00',
    ]);
  });

  it('tells the remaining time coarsely', () => {
    expect([2, 12, 50, 70, 700, 3600, 5400].map(formatRemaining)).toEqual([
      'a few seconds left',
      '15 seconds left',
      '50 seconds left',
      'a minute left',
      '12 minutes left',
      '1 h left',
      '1 h 30 min left',
    ]);
  });

  it('says 100 % only when everything is there', () => {
    expect([0, 0.5, 0.999, 1].map(formatShare)).toEqual(['0 %', '50 %', '99 %', '100 %']);
  });
});
