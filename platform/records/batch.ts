import { BatchGetCommand, type BatchGetCommandInput, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import pRetry from 'p-retry';
import type { Dynamo } from '../clients/dynamo.ts';

/** What is asked of one table: up to 100 different keys, and how. */
type Request = NonNullable<NonNullable<BatchGetCommandInput['RequestItems']>[string]>;

/**
 * Reads items of one table by their keys, in no order; what is not there is left out. A throttled table answers in part and
 * names the rest, which the SDK does not ask for again: we do, for about a second.
 */
export async function batchGet(dynamo: Dynamo, table: string, request: Request): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let left: BatchGetCommandOutput['UnprocessedKeys'] = { [table]: request };
  await pRetry(
    async () => {
      const answer: BatchGetCommandOutput = await dynamo.send(new BatchGetCommand({ RequestItems: left }));
      found.push(...(answer.Responses?.[table] ?? []));
      left = answer.UnprocessedKeys;
      if (left && Object.keys(left).length > 0) throw new AnsweredInPart(table);
    },
    { retries: 4, minTimeout: 50, randomize: true, shouldRetry: ({ error }) => error instanceof AnsweredInPart },
  );
  return found;
}

class AnsweredInPart extends Error {
  constructor(table: string) {
    super(`the table ${table} answers only in part`);
  }
}
