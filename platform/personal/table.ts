import { BatchWriteCommand, paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '../clients/dynamo.ts';

/** DynamoDB takes so many in one BatchWriteItem. */
const batchSize = 25;
/** Items that a throttled table does not take are offered again at the next erasure. */
const maxTries = 5;

/** All items that a query finds, however many pages they are. */
export async function* itemsOf(dynamo: Dynamo, query: QueryCommandInput): AsyncGenerator<Record<string, unknown>> {
  for await (const { Items = [] } of paginateQuery({ client: dynamo }, query)) yield* Items;
}

type Key = Readonly<Record<string, unknown>>;

/** Deletes items by their keys. @throws Error if the table does not take all of them. */
export async function deleteItems(dynamo: Dynamo, table: string, keys: readonly Key[]): Promise<void> {
  for (let from = 0; from < keys.length; from += batchSize) {
    let requests = keys.slice(from, from + batchSize).map((Key) => ({ DeleteRequest: { Key: { ...Key } } }));
    for (let tries = 0; requests.length > 0; tries++) {
      if (tries === maxTries) throw new Error(`${table} does not take ${requests.length} deletions`);
      const answer = await dynamo.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
      requests = (answer.UnprocessedItems?.[table] ?? []) as typeof requests;
    }
  }
}
