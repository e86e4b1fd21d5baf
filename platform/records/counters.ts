import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import type { Writes } from './transactions.ts';

/** How many there are of something, such as the likes of a video. */
export interface Counter {
  readonly name: 'likes' | 'comments' | 'subscribers';
  /** The id of what they are counted for. */
  readonly of: string;
}

/** Two people meet in a shard once in 16 times: so many write at the same moment before one waits for another. */
export const shards = 16;

/** By the last digit of a person’s id, which is random and hexadecimal: people are spread evenly. */
export const shardOf = (userId: UserId): number => Number.parseInt(userId.slice(-1), 16) % shards;

const prefix = 'COUNT#';
const partition = ({ name, of }: Counter) => `${prefix}${name}#${of}`;

/** The counter that an item of the table belongs to. */
export function counterOf(pk: string): Counter | undefined {
  const [, name, of] = /^COUNT#(likes|comments|subscribers)#(.+)$/.exec(pk) ?? [];
  return name !== undefined && of !== undefined ? { name: name as Counter['name'], of } : undefined;
}

/** The keys of all its shards: what is deleted with what was counted. */
export const shardKeys = (counter: Counter) =>
  Array.from({ length: shards }, (_, shard) => ({ pk: partition(counter), sk: String(shard) }));

/** What the stream of the table is filtered by to see counters only. */
export const counterPrefix = prefix;

const Shard = z.object({ sk: z.string(), count: z.int(), changes: z.int() });

/**
 * Counts `by` more for what `userId` did. It goes into the transaction that writes what is counted, so that a count is the
 * number of items, whoever writes at the same time. `changes` only rises: it tells a recount that somebody was faster.
 */
export const counted = (table: string, counter: Counter, userId: UserId, by: 1 | -1): Writes[number] => ({
  Update: {
    TableName: table,
    Key: { pk: partition(counter), sk: String(shardOf(userId)) },
    UpdateExpression: 'ADD #count :by, changes :one',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':by': by, ':one': 1 },
  },
});

export function counters(dynamo: Dynamo, table: string) {
  async function read(counter: Counter, strongly: boolean) {
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition(counter) },
        ConsistentRead: strongly,
      }),
    );
    return Items.map((item) => Shard.parse(item));
  }

  /** Sets one shard, unless somebody has counted in it since it was read; whether it was set. */
  async function set(counter: Counter, shard: number, count: number, seen: number | undefined): Promise<boolean> {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: partition(counter), sk: String(shard) },
          UpdateExpression: 'SET #count = :count ADD changes :one',
          ConditionExpression: seen === undefined ? 'attribute_not_exists(pk)' : 'changes = :seen',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: {
            ':count': count,
            ':one': 1,
            ...(seen !== undefined && { ':seen': seen }),
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    /** One query, eventually consistent: it may be milliseconds behind. */
    read: async (counter: Counter): Promise<number> =>
      Math.max(
        0,
        (await read(counter, false)).reduce((sum, { count }) => sum + count, 0),
      ),

    /**
     * Puts a counter right by its items. `people` lists who they are of, one for each item, strongly consistent. Writers may go on
     * meanwhile: a shard that changed while the items were read is done again. Answers by how much the count was wrong.
     * @throws Error if people are always faster.
     */
    async recount(counter: Counter, people: () => AsyncIterable<UserId>): Promise<number> {
      let wrong = 0;
      for (let tries = 0; tries < 5; tries++) {
        const before = new Map((await read(counter, true)).map((shard) => [Number(shard.sk), shard]));
        const found = new Map<number, number>();
        for await (const userId of people()) found.set(shardOf(userId), (found.get(shardOf(userId)) ?? 0) + 1);
        let overtaken = false;
        for (const shard of new Set([...before.keys(), ...found.keys()])) {
          const count = found.get(shard) ?? 0;
          const was = before.get(shard);
          if (count === (was?.count ?? 0)) continue;
          if (await set(counter, shard, count, was?.changes)) wrong += count - (was?.count ?? 0);
          else overtaken = true;
        }
        if (!overtaken) return wrong;
      }
      throw new Error(`${partition(counter)} changed each time that it was recounted`);
    },
  };
}
export type Counters = ReturnType<typeof counters>;
