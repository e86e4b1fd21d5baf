import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allTables, markdown } from '../../../bench/simulation/tables.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/capacity.md'), 'utf8');
const { tables, results } = allTables();

describe('docs/capacity.md', () => {
  it.each(Object.entries(tables))('says of %s what the simulation prints', (_, table) => {
    expect(page).toContain(markdown(table));
  });

  it('says rightly that a hundred workers are near the ideal, a thousand are not, and no title failed', () => {
    const asItIs = results.makespans.find(({ name }) => name.endsWith('(as it is)'))?.runs ?? [];
    const ratioOf = (workers: number) => {
      const run = asItIs.find((one) => one.workers === workers);
      return run ? run.seconds / run.idealSeconds : Number.NaN;
    };
    expect(ratioOf(100)).toBeLessThanOrEqual(1.15);
    expect(ratioOf(1000)).toBeGreaterThan(1.3);
    expect([...results.loads, ...results.targets].map(({ day }) => day.failed)).toEqual([0, 0, 0, 0, 0]);
  });
});
