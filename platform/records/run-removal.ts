import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { assertTime } from '../object-removal.ts';

/** DynamoDB's limit of writes in a batch. */
const batchSize = 25;
/** What a table does not take at once it takes a moment later. */
const pauseMs = 200;

/** Removes the records of a run: plan, stages, jobs. `until` in ms since the epoch. @throws OutOfTime */
export type RemoveRun = (run: RunInput, until: number) => Promise<void>;

export const runRemoval =
  (dynamo: Dynamo, TableName: string): RemoveRun =>
  async ({ videoId, attempt }, until) => {
    const pages = paginateQuery(
      { client: dynamo },
      {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'run = :run',
        ExpressionAttributeValues: { ':run': `${videoId}#${attempt}` },
        ProjectionExpression: '#run, #item',
        ExpressionAttributeNames: { '#run': 'run', '#item': 'item' },
      },
    );
    for await (const { Items = [] } of pages) {
      for (let from = 0; from < Items.length; from += batchSize) {
        let left = Items.slice(from, from + batchSize).map((Key) => ({ DeleteRequest: { Key } }));
        while (left.length > 0) {
          assertTime(until);
          const { UnprocessedItems } = await dynamo.send(
            new BatchWriteCommand({ RequestItems: { [TableName]: left } }),
          );
          left = (UnprocessedItems?.[TableName] ?? []) as typeof left;
          if (left.length > 0) await pause(pauseMs);
        }
      }
    }
  };
