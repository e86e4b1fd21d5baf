import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perAction, perDay, positions } from '../../../bench/cost/tables.ts';
import { markdown } from '../../../bench/simulation/tables.ts';
import { actions } from '../../../domain/capacity/actions.ts';
import { dayOf, peakSecond, tableDollars } from '../../../domain/capacity/usage.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/capacity.md'), 'utf8');

describe('docs/capacity.md', () => {
  it.each(Object.entries({ perAction, perDay, positions }))('says of %s what the figures give', (_, table) => {
    expect(page).toContain(markdown(table));
  });
});

describe('a day of people', () => {
  it('is the sum of what they do, and its busiest second a share of it', () => {
    const [one, many] = [dayOf(1), dayOf(1_000_000)];
    expect(many.reads).toBeCloseTo(one.reads * 1_000_000);
    expect(one.writes).toBeGreaterThan(0);
    expect(peakSecond({ requests: 86_400, reads: 172_800, writes: 0 }, 1.5)).toEqual({
      requests: 1.5,
      reads: 3,
      writes: 0,
    });
  });

  it('costs five times as much for what it writes as for what it reads', () => {
    expect(tableDollars({ reads: 1e6, writes: 0 })).toBeCloseTo(0.125);
    expect(tableDollars({ reads: 0, writes: 1e6 })).toBeCloseTo(0.625);
  });

  it('writes as little as a position every half minute asks for', () => {
    const { requests, writes, behind } = actions['play ten minutes'];
    expect((writes + behind.writes) / requests).toBeLessThan(2.5);
  });
});
