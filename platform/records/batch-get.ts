import { BatchGetCommand, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '../clients/dynamo.ts';

/**
 * Reads items of one table in one strongly consistent call, in any order; at most 100. A throttled BatchGetItem answers in part and
 * names the rest. @throws Error if some stay away three times: that is an outage.
 */
export async function batchGet(dynamo: Dynamo, table: string, keys: Record<string, string>[]) {
  const items: Record<string, unknown>[] = [];
  let request: BatchGetCommandOutput['UnprocessedKeys'] =
    keys.length > 0 ? { [table]: { Keys: keys, ConsistentRead: true } } : {};
  for (let tries = 0; tries < 3 && request && Object.keys(request).length > 0; tries++) {
    const answer: BatchGetCommandOutput = await dynamo.send(new BatchGetCommand({ RequestItems: request }));
    items.push(...(answer.Responses?.[table] ?? []));
    request = answer.UnprocessedKeys;
  }
  if (request && Object.keys(request).length > 0) throw new Error(`${table} answers only in part`);
  return items;
}
