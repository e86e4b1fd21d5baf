import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, paginateQuery, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Position } from '../../domain/history/position.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { batchGet } from '../../platform/records/batches.ts';

/** Index of the history table: the videos of a person by when their last viewing began. */
const byStartIndex = 'byStart';

/** What somebody wants of their history. */
export const Settings = z.object({
  paused: z.boolean().default(false),
  /** Watched until then (ms): cleared. */
  clearedAt: z.int().default(0),
});
export type Settings = z.infer<typeof Settings>;

/** How a position was taken. */
export type Kept = 'viewing began' | 'viewing goes on' | 'older than what is kept';

const videoPrefix = 'VIDEO#';
const key = (userId: UserId, videoId: VideoId) => ({ userId, item: `${videoPrefix}${videoId}` });
const cursorOf = ({ startedAt, item }: Record<string, unknown>) =>
  `${startedAt}.${String(item).slice(videoPrefix.length)}`;
const settingsKey = (userId: UserId) => ({ userId, item: 'SETTINGS' });

/** The history table: under each person, their settings and one item for each video that they watched. */
export function historyStore(dynamo: Dynamo, table: string) {
  return {
    /** `consistently` costs twice as much: for answers, not for every position. */
    async settings(userId: UserId, how: 'consistently' | 'eventually'): Promise<Settings> {
      const ConsistentRead = how === 'consistently';
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: settingsKey(userId), ConsistentRead }),
      );
      return Settings.parse(Item ?? {});
    },

    async pause(userId: UserId, paused: boolean): Promise<void> {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: settingsKey(userId),
          UpdateExpression: 'SET paused = :paused',
          ExpressionAttributeValues: { ':paused': paused },
        }),
      );
    },

    /** From now on what was watched until `clearedAt` counts as gone. */
    async markCleared(userId: UserId, clearedAt: number): Promise<void> {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: settingsKey(userId),
          UpdateExpression: 'SET clearedAt = :at',
          ExpressionAttributeValues: { ':at': clearedAt },
        }),
      );
    },

    /** One write, and one more in the index when a viewing begins: its key is the same as long as it goes on. */
    async keep(
      userId: UserId,
      { videoId, positionSeconds, durationSeconds, watchedAt, startedAt }: Position,
    ): Promise<Kept> {
      try {
        const { Attributes } = await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: key(userId, videoId),
            UpdateExpression: `SET videoId = :videoId, positionSeconds = :position, watchedAt = :watched, startedAt = :started${durationSeconds === undefined ? '' : ', durationSeconds = :duration'}`,
            ConditionExpression: 'attribute_not_exists(watchedAt) OR watchedAt < :watched',
            ExpressionAttributeValues: {
              ':videoId': videoId,
              ':position': positionSeconds,
              ':watched': watchedAt,
              ':started': startedAt,
              ...(durationSeconds !== undefined && { ':duration': durationSeconds }),
            },
            ReturnValues: 'UPDATED_OLD',
          }),
        );
        return Attributes?.['startedAt'] === startedAt ? 'viewing goes on' : 'viewing began';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'older than what is kept';
        throw error;
      }
    },

    /** Strongly consistent: another device may have kept it just now. */
    async position(userId: UserId, videoId: VideoId): Promise<Position | undefined> {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: key(userId, videoId), ConsistentRead: true }),
      );
      return Item && Position.parse(Item);
    },

    async remove(userId: UserId, videoId: VideoId): Promise<void> {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: key(userId, videoId) }));
    },

    /** What somebody watched, the last viewing first. The index has keys alone, so that a position costs it no write. */
    async list(
      userId: UserId,
      { limit, cursor }: { limit: number; cursor: string | undefined },
    ): Promise<{ positions: Position[]; cursor: string | null }> {
      const [startedAt, videoId] = cursor?.split('.') ?? [];
      const { Items = [], LastEvaluatedKey } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: byStartIndex,
          KeyConditionExpression: 'userId = :user',
          ExpressionAttributeValues: { ':user': userId },
          ScanIndexForward: false,
          Limit: limit,
          ...(cursor !== undefined && {
            ExclusiveStartKey: { ...key(userId, videoId as VideoId), startedAt: Number(startedAt) },
          }),
        }),
      );
      const keys = Items.map(({ item }) => ({ userId, item }));
      const found = await batchGet(dynamo, table, { Keys: keys });
      return {
        positions: found.map((item) => Position.parse(item)).sort((a, b) => b.startedAt - a.startedAt),
        cursor: LastEvaluatedKey ? cursorOf(LastEvaluatedKey) : null,
      };
    },

    /** Ids of all videos that somebody has watched until `until` (ms) and not since. */
    async *watchedUntil(userId: UserId, until: number): AsyncIterable<VideoId> {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          KeyConditionExpression: 'userId = :user AND begins_with(#item, :video)',
          FilterExpression: 'watchedAt <= :until',
          ProjectionExpression: 'videoId',
          ExpressionAttributeNames: { '#item': 'item' },
          ExpressionAttributeValues: { ':user': userId, ':video': videoPrefix, ':until': until },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) for (const item of Items) yield item['videoId'] as VideoId;
    },

    /** Removes a video unless it has been watched after `until` (ms). */
    async removeUntil(userId: UserId, videoId: VideoId, until: number): Promise<void> {
      try {
        await dynamo.send(
          new DeleteCommand({
            TableName: table,
            Key: key(userId, videoId),
            ConditionExpression: 'attribute_not_exists(watchedAt) OR watchedAt <= :until',
            ExpressionAttributeValues: { ':until': until },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

export type HistoryStore = ReturnType<typeof historyStore>;
