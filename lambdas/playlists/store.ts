import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { PlaylistId, UserId, VideoId } from '../../domain/ids.ts';
import { Playlist } from '../../domain/playlists/playlist.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { batchGet } from '../../platform/records/batches.ts';
import { itemKey, type ListId, listKey } from './table.ts';

/** Sparse index of the playlists table: lists by owner, the newest first (ids sort by time). */
const byOwnerIndex = 'byOwner';

export interface PlaylistEdit {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly visibility?: Playlist['visibility'] | undefined;
}

/** Lists as such; what is in them is in items.ts. */
export function playlistStore(dynamo: Dynamo, table: string) {
  return {
    /** Strongly consistent. */
    async get(playlistId: PlaylistId): Promise<Playlist | undefined> {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: listKey(playlistId), ConsistentRead: true }),
      );
      return Item && Playlist.parse(Item);
    },

    /** How many videos are in a list; 0 of one that is not there. */
    async count(list: ListId): Promise<number> {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: listKey(list), ConsistentRead: true }),
      );
      return Playlist.shape.count.parse(Item?.['count'] ?? 0);
    },

    async create(playlist: Playlist): Promise<void> {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: { ...Playlist.parse(playlist), ...listKey(playlist.playlistId) },
          ConditionExpression: 'attribute_not_exists(playlistId)',
        }),
      );
    },

    /** Applies the edit and returns the list after it; undefined if it is not there, or has another version than is asked for. */
    async change(
      playlistId: PlaylistId,
      edit: PlaylistEdit,
      version: number | undefined,
      now: number,
    ): Promise<Playlist | undefined> {
      const fields = Object.entries(edit).filter(([, value]) => value !== undefined);
      try {
        const { Attributes } = await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: listKey(playlistId),
            UpdateExpression: `SET ${['#version = #version + :one', 'updatedAt = :now', ...fields.map(([name]) => `#${name} = :${name}`)].join(', ')}`,
            ConditionExpression: `attribute_exists(playlistId)${version === undefined ? '' : ' AND #version = :only'}`,
            ExpressionAttributeNames: {
              '#version': 'version',
              ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
            },
            ExpressionAttributeValues: {
              ':one': 1,
              ':now': now,
              ...(version !== undefined && { ':only': version }),
              ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return Playlist.parse(Attributes);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    async delete(list: ListId): Promise<void> {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: listKey(list) }));
    },

    /** Eventually consistent. */
    async listByOwner(
      ownerId: UserId,
      { limit, cursor, visibility }: { limit: number; cursor: string | undefined; visibility?: Playlist['visibility'] },
    ): Promise<{ playlists: Playlist[]; cursor: string | null }> {
      const { Items = [], LastEvaluatedKey } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: byOwnerIndex,
          KeyConditionExpression: 'ownerId = :owner',
          ...(visibility && { FilterExpression: 'visibility = :visibility' }),
          ExpressionAttributeValues: { ':owner': ownerId, ...(visibility && { ':visibility': visibility }) },
          ScanIndexForward: false,
          Limit: limit,
          ...(cursor !== undefined && { ExclusiveStartKey: { ownerId, ...listKey(cursor as PlaylistId) } }),
        }),
      );
      return {
        playlists: Items.map((item) => Playlist.parse(item)),
        cursor: (LastEvaluatedKey?.['playlistId'] as string | undefined) ?? null,
      };
    },

    /** In which of these lists, up to 100, a video is. Strongly consistent. */
    async containing<List extends ListId>(lists: readonly List[], videoId: VideoId): Promise<Set<List>> {
      const found = await batchGet(dynamo, table, {
        Keys: lists.map((list) => itemKey(list, videoId)),
        ProjectionExpression: 'playlistId',
        ConsistentRead: true,
      });
      return new Set(found.map((item) => item['playlistId'] as List));
    },
  };
}

export type PlaylistStore = ReturnType<typeof playlistStore>;
