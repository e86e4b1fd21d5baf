import type { Dynamo } from '../clients/dynamo.ts';
import { batchDelete } from '../records/batches.ts';
import { quotaUse } from '../records/quotas.ts';
import type { PersonalStore } from './personal.ts';

/** How much a creator has uploaded. It comes after the videos in the registry: the purge of one still counts here. */
export const personalQuotas = (dynamo: Dynamo, table: string): PersonalStore => ({
  async *collect(ownerId) {
    const use = await quotaUse(dynamo, table, ownerId);
    if (use) yield use;
  },
  erase: (ownerId) => batchDelete(dynamo, table, [{ ownerId }]),
});
