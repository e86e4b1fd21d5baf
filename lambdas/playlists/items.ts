import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import type { VideoId } from '../../domain/ids.ts';
import { maxPlaylistItems, PlaylistItem } from '../../domain/playlists/playlist.ts';
import { rankSpread } from '../../domain/playlists/rank.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { transact } from '../../platform/records/transactions.ts';
import { itemKey, type ListId, listKey } from './table.ts';

/** Index of the playlists table: what is in a list, by its rank. */
const byRankIndex = 'byRank';
/** Index of the playlists table: the lists that a video is in. */
const byVideoIndex = 'byVideo';

/** How an addition went. `no list` is only told of lists that must be there. */
export type Added = 'added' | 'there already' | 'full' | 'no list';

/** How many items are written at once where a whole list is. */
const writesAtOnce = 20;

/** What is in lists. The list's count and its items are written together, so that the count is exact. */
export function playlistItems(dynamo: Dynamo, table: string) {
  const page = async (
    list: ListId,
    { limit, from }: { limit: number; from?: Record<string, unknown> | undefined },
    above?: string,
  ) => {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: byRankIndex,
        KeyConditionExpression: `playlistId = :list${above === undefined ? '' : ' AND #rank > :above'}`,
        ...(above !== undefined && { ExpressionAttributeNames: { '#rank': 'rank' } }),
        ExpressionAttributeValues: { ':list': list, ...(above !== undefined && { ':above': above }) },
        ConsistentRead: true,
        Limit: limit,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    return { items: Items.map((item) => PlaylistItem.parse(item)), more: LastEvaluatedKey };
  };

  async function* all(list: ListId): AsyncIterable<PlaylistItem> {
    let from: Record<string, unknown> | undefined;
    do {
      const { items, more } = await page(list, { limit: 1000, from });
      yield* items;
      from = more;
    } while (from);
  }

  /** Whether the video is in the list, and so has been moved. */
  async function setRank(list: ListId, videoId: VideoId, rank: string): Promise<boolean> {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: itemKey(list, videoId),
          UpdateExpression: 'SET #rank = :rank',
          ConditionExpression: 'attribute_exists(playlistId)',
          ExpressionAttributeNames: { '#rank': 'rank' },
          ExpressionAttributeValues: { ':rank': rank },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    /** Strongly consistent. */
    async list(list: ListId, { limit, cursor }: { limit: number; cursor: string | undefined }) {
      const [rank, videoId] = cursor?.split('.') ?? [];
      const from = cursor === undefined ? undefined : { ...itemKey(list, videoId as VideoId), rank };
      const { items, more } = await page(list, { limit, from });
      const last = items.at(-1);
      return { items, cursor: more && last ? `${last.rank}.${last.videoId}` : null };
    },

    async get(list: ListId, videoId: VideoId): Promise<PlaylistItem | undefined> {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: itemKey(list, videoId), ConsistentRead: true }),
      );
      return Item && PlaylistItem.parse(Item);
    },

    /** The lowest rank above `above`; of the whole list without it. Undefined if there is none. */
    async rankAfter(list: ListId, above?: string): Promise<string | undefined> {
      const { items } = await page(list, { limit: 1 }, above);
      return items[0]?.rank;
    },

    /** Adds a video, and one to the count. `make`: the list comes into being with what is first put into it. */
    async add(list: ListId, { videoId, rank, addedAt }: PlaylistItem, make: 'make' | 'must be there'): Promise<Added> {
      const room = '(attribute_not_exists(#count) OR #count < :max)';
      const failed = await transact(dynamo, [
        {
          Put: {
            TableName: table,
            Item: { ...itemKey(list, videoId), videoId, rank, addedAt },
            ConditionExpression: 'attribute_not_exists(playlistId)',
          },
        },
        {
          Update: {
            TableName: table,
            Key: listKey(list),
            UpdateExpression: 'SET updatedAt = :now ADD #count :one',
            ConditionExpression: make === 'make' ? room : `attribute_exists(playlistId) AND ${room}`,
            ExpressionAttributeNames: { '#count': 'count' },
            ExpressionAttributeValues: { ':now': addedAt, ':one': 1, ':max': maxPlaylistItems },
          },
        },
      ]);
      if (failed.length === 0) return 'added';
      if (failed.includes(0)) return 'there already';
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: listKey(list), ConsistentRead: true }),
      );
      return Item ? 'full' : 'no list';
    },

    /** Takes a video out, and one off the count; nothing happens if it is not in it. */
    async remove(list: ListId, videoId: VideoId, now: number): Promise<void> {
      // Nothing is written if there is nothing to take out, or the list is being deleted with all that is in it.
      await transact(dynamo, [
        {
          Delete: {
            TableName: table,
            Key: itemKey(list, videoId),
            ConditionExpression: 'attribute_exists(playlistId)',
          },
        },
        {
          Update: {
            TableName: table,
            Key: listKey(list),
            UpdateExpression: 'SET updatedAt = :now ADD #count :less',
            ConditionExpression: 'attribute_exists(playlistId)',
            ExpressionAttributeNames: { '#count': 'count' },
            ExpressionAttributeValues: { ':now': now, ':less': -1 },
          },
        },
      ]);
    },

    setRank,

    /** Gives every item a short rank, in the order they have. */
    async spread(list: ListId): Promise<void> {
      const inOrder: PlaylistItem[] = [];
      for await (const item of all(list)) inOrder.push(item);
      await pMap(inOrder, ({ videoId }, index) => setRank(list, videoId, rankSpread(index)), {
        concurrency: writesAtOnce,
      });
    },

    /** Removes everything that is in a list. For lists that are not there any more. */
    async removeAll(list: ListId): Promise<void> {
      const remove = ({ videoId }: PlaylistItem) =>
        dynamo.send(new DeleteCommand({ TableName: table, Key: itemKey(list, videoId) }));
      await pMap(all(list), remove, { concurrency: writesAtOnce });
    },

    /** The lists that a video is in, however many. Eventually consistent. */
    async *listsWith(videoId: VideoId): AsyncIterable<ListId> {
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await dynamo.send(
          new QueryCommand({
            TableName: table,
            IndexName: byVideoIndex,
            KeyConditionExpression: 'videoId = :video',
            ExpressionAttributeValues: { ':video': videoId },
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        for (const item of Items) yield item['playlistId'] as ListId;
        from = LastEvaluatedKey;
      } while (from);
    },
  };
}

export type PlaylistItems = ReturnType<typeof playlistItems>;
