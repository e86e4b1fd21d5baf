import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { RunInput } from '../../../domain/jobs/jobs.ts';
import type { Dynamo } from '../../clients/dynamo.ts';
import { retryConflicts } from '../conflicts.ts';

type Item = Record<string, unknown>;
export type Change = Omit<UpdateCommandInput, 'TableName' | 'Key'> & { readonly UpdateExpression: string };

/** The jobs table as it is: items of a run. Every read is strongly consistent, every write but `put` conditional. */
export interface RunItems {
  readonly get: (run: RunInput, item: string) => Promise<Item | undefined>;
  readonly list: (run: RunInput, prefix: string) => Promise<Item[]>;
  /** Some of them: up to `limit`, behind item `after`. */
  readonly page: (
    run: RunInput,
    prefix: string,
    page: { limit: number; after: string | undefined },
  ) => Promise<{ items: Item[]; isLast: boolean }>;
  /** Kept for as long as the table is. */
  readonly put: (run: RunInput, item: string, attributes: Item) => Promise<void>;
  /** Writes all of them, for a month, or, if one of them is there already, not all: false. */
  readonly create: (run: RunInput, items: readonly { item: string; attributes: Item }[]) => Promise<boolean>;
  /** The item after the change, or undefined if its condition did not hold. */
  readonly update: (run: RunInput, item: string, change: Change) => Promise<Item | undefined>;
  /** Makes all changes, or, if one condition did not hold, none: false. */
  readonly updateAll: (run: RunInput, changes: readonly { item: string; change: Change }[]) => Promise<boolean>;
}

/** Long enough to look into what happened last month. */
const retentionSeconds = 30 * 24 * 3600;
/** DynamoDB's limit of actions in a transaction. */
const transactionSize = 100;

export function runItems(dynamo: Dynamo, TableName: string): RunItems {
  const key = ({ videoId, attempt }: RunInput, item: string) => ({ run: `${videoId}#${attempt}`, item });
  const whole = (run: RunInput, item: string, attributes: Item): Item => ({ ...attributes, ...key(run, item) });
  const passing = (run: RunInput, item: string, attributes: Item): Item => ({
    ...whole(run, item, attributes),
    expiresAtSeconds: Math.floor(Date.now() / 1000) + retentionSeconds,
  });
  const transact = async (TransactItems: NonNullable<TransactWriteCommandInput['TransactItems']>) => {
    try {
      await retryConflicts(() => dynamo.send(new TransactWriteCommand({ TransactItems })));
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  };
  const query = (run: RunInput, prefix: string, from: Item | undefined, limit?: number) =>
    dynamo.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'run = :run AND begins_with(#item, :prefix)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: { ':run': key(run, prefix).run, ':prefix': prefix },
        ...(from && { ExclusiveStartKey: from }),
        ...(limit !== undefined && { Limit: limit }),
      }),
    );
  return {
    async get(run, item) {
      return (await dynamo.send(new GetCommand({ TableName, Key: key(run, item), ConsistentRead: true }))).Item;
    },
    async list(run, prefix) {
      const items: Item[] = [];
      let from: Item | undefined;
      do {
        const page = await query(run, prefix, from);
        items.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from);
      return items;
    },
    async page(run, prefix, { limit, after }) {
      const page = await query(run, prefix, after === undefined ? undefined : key(run, after), limit);
      return { items: page.Items ?? [], isLast: page.LastEvaluatedKey === undefined };
    },
    async put(run, item, attributes) {
      await dynamo.send(new PutCommand({ TableName, Item: whole(run, item, attributes) }));
    },
    async create(run, items) {
      const puts = items.map(({ item, attributes }) => ({
        Put: { TableName, Item: passing(run, item, attributes), ConditionExpression: 'attribute_not_exists(run)' },
      }));
      for (let from = 0; from < puts.length; from += transactionSize) {
        if (!(await transact(puts.slice(from, from + transactionSize)))) return false;
      }
      return true;
    },
    async update(run, item, change) {
      const command = new UpdateCommand({ TableName, Key: key(run, item), ReturnValues: 'ALL_NEW', ...change });
      try {
        return (await retryConflicts(() => dynamo.send(command))).Attributes;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },
    updateAll: (run, changes) =>
      transact(changes.map(({ item, change }) => ({ Update: { TableName, Key: key(run, item), ...change } }))),
  };
}

const conditionFailed = (error: unknown) =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some((reason) => reason.Code === 'ConditionalCheckFailed');
