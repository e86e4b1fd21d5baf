import { paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '../clients/dynamo.ts';

/** All items that a query finds, however many pages they are. */
export async function* itemsOf(dynamo: Dynamo, query: QueryCommandInput): AsyncGenerator<Record<string, unknown>> {
  for await (const { Items = [] } of paginateQuery({ client: dynamo }, query)) yield* Items;
}
