import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fleetQuotas, standingTable } from '../../bench/cost/standing.ts';
import { markdown } from '../../bench/simulation/tables.ts';
import { environments } from '../../lib/config/environments.ts';
import { root, synthesized } from './synthesized.ts';

const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
const deployments = (['dev', 'staging', 'prod'] as const).map((id) => ({
  config: environments()[id],
  templates: Object.values(synthesized(id)),
}));

describe('docs/operating.md', () => {
  it('says what an environment costs with nobody in it', () => {
    expect(page).toContain(markdown(standingTable(deployments)));
  });

  it('says which quotas the largest fleets need', () => {
    expect(page).toContain(markdown(fleetQuotas(deployments)));
  });
});
