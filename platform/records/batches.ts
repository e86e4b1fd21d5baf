import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  BatchWriteCommand,
  type BatchWriteCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import pRetry from 'p-retry';
import type { Dynamo } from '../clients/dynamo.ts';

type Key = Readonly<Record<string, unknown>>;
/** What is read, and how: eventually consistent and whole unless it says otherwise. */
type Reading = Readonly<NonNullable<NonNullable<BatchGetCommandInput['RequestItems']>[string]>>;

class AnsweredInPart extends Error {
  override readonly message = 'the table answers only in part';
}

/** A throttled table does a part of a batch and names the rest, which the SDK does not ask for again. */
const untilWhole = (call: () => Promise<boolean>): Promise<void> =>
  pRetry(
    async () => {
      if (!(await call())) throw new AnsweredInPart();
    },
    { retries: 6, minTimeout: 50, randomize: true, shouldRetry: ({ error }) => error instanceof AnsweredInPart },
  );

const slices = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** Reads items of one table by their keys, which must differ; in no order, those that are not there left out. */
export async function batchGet(
  dynamo: Dynamo,
  table: string,
  { Keys: keys = [], ...how }: Reading,
): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (const Keys of slices(keys, 100)) {
    let left: BatchGetCommandOutput['UnprocessedKeys'] = { [table]: { Keys, ...how } };
    await untilWhole(async () => {
      const answer: BatchGetCommandOutput = await dynamo.send(new BatchGetCommand({ RequestItems: left }));
      found.push(...(answer.Responses?.[table] ?? []));
      left = answer.UnprocessedKeys;
      return Object.keys(left ?? {}).length === 0;
    });
  }
  return found;
}

/** Deletes items by their keys; those that are not there are no matter. */
export async function batchDelete(dynamo: Dynamo, table: string, keys: readonly Key[]): Promise<void> {
  for (const slice of slices(keys, 25)) {
    let left: BatchWriteCommandOutput['UnprocessedItems'] = {
      [table]: slice.map((Key) => ({ DeleteRequest: { Key: { ...Key } } })),
    };
    await untilWhole(async () => {
      const answer: BatchWriteCommandOutput = await dynamo.send(new BatchWriteCommand({ RequestItems: left }));
      left = answer.UnprocessedItems;
      return Object.keys(left ?? {}).length === 0;
    });
  }
}
