import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Entry, shelvesOf } from '../../domain/catalogue/entry.ts';
import { endOf, Position } from '../../domain/catalogue/position.ts';
import type { VideoId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';

/** Indexes of the catalogue: all that is listed, of a channel, of a category; by time, or by heat. */
export const catalogueIndexes = {
  byTime: { partition: 'feed', sort: 'listed' },
  byHeat: { partition: 'feed', sort: 'standing' },
  byChannel: { partition: 'channel', sort: 'listed' },
  byShelf: { partition: 'shelf', sort: 'listed' },
  byShelfHeat: { partition: 'shelf', sort: 'standing' },
} as const;
export type CatalogueIndex = keyof typeof catalogueIndexes;

/** An entry as the indexes hold it. */
export const Listed = Entry.omit({ points: true, version: true })
  .required({ listedAt: true })
  .extend({ listed: Position.optional(), standing: Position.optional() });
export type Listed = z.infer<typeof Listed>;

/** Fields of an entry in its indexes, beside their keys: what changes often is not among them, since each costs a write. */
export const listedFields = Object.keys(Listed.shape).filter(
  (field) => !['videoId', 'listed', 'standing'].includes(field),
);

/** An entry, and how often it has been written: of two who write at the same time the second looks again. */
const Kept = Entry.extend({ revision: z.int().positive() });

/** Others write an entry only when its video or what people gave it changes. */
const maxConflicts = 10;

export interface Page {
  /** Milliseconds since the epoch: what comes later is not out yet. */
  readonly now: number;
  /** Below this position. */
  readonly below?: Position | undefined;
  readonly limit: number;
}

/** The catalogue: an entry for each video, in indexes by what it is listed under. */
export function catalogueStore(dynamo: Dynamo, table: string) {
  async function read(videoId: VideoId) {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: { videoId }, ConsistentRead: true }));
    return Item && Kept.parse(Item);
  }

  /** Writes what is next, unless somebody else has written since it was read. */
  async function write(next: Entry, revision: number | undefined): Promise<boolean> {
    try {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: { ...Entry.parse(next), ...shelvesOf(next), revision: (revision ?? 0) + 1 },
          ...(revision === undefined
            ? { ConditionExpression: 'attribute_not_exists(videoId)' }
            : { ConditionExpression: 'revision = :seen', ExpressionAttributeValues: { ':seen': revision } }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    /** Makes an entry what `next` makes of it; undefined leaves it. @throws Error if others are always faster. */
    async change(videoId: VideoId, next: (known: Entry | undefined) => Entry | undefined): Promise<void> {
      for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
        const kept = await read(videoId);
        const wanted = next(kept && Entry.parse(kept));
        if (wanted === undefined || (await write(wanted, kept?.revision))) return;
      }
      throw new Error(`the entry of ${videoId} changed ${maxConflicts} times while it was to be written`);
    },

    async remove(videoId: VideoId): Promise<void> {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: { videoId } }));
    },

    /**
     * What is in one list, highest position first. `below` is where the last page ended. What is to come out later is
     * among the listed already and passed over: a page by heat may be shorter for it.
     */
    async list(index: CatalogueIndex, of: string, { now, below, limit }: Page): Promise<Listed[]> {
      const { partition, sort } = catalogueIndexes[index];
      const byTime = sort === 'listed';
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          KeyConditionExpression: '#partition = :of AND #sort < :below',
          ExpressionAttributeNames: { '#partition': partition, '#sort': sort },
          ExpressionAttributeValues: { ':of': of, ':below': below ?? (byTime ? endOf(now) : '~') },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map((item) => Listed.parse(item));
    },
  };
}
export type Catalogue = ReturnType<typeof catalogueStore>;
