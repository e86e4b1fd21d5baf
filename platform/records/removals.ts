import { GetCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { VideoId } from '../../domain/ids.ts';
import { sweptAgainAfterMs, Tombstone, tombstoneMs } from '../../domain/video/deletion.ts';
import { keptBytes } from '../../domain/video/replacement.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { quotaRelease } from './quotas.ts';
import { transact } from './transactions.ts';
import { removalIndex, videoOf, videoUpdate } from './videos.ts';

/** A video of which something is to be removed, or what is left of one. */
export type Found =
  | { readonly is: 'video'; readonly video: Video }
  | { readonly is: 'tombstone'; readonly tombstone: Tombstone };

/** The records of videos as they go. `now` in milliseconds since the epoch. */
export interface Removals {
  /** Ids of videos of which something was to be removed by `now`, the longest due first. Eventually consistent. */
  readonly due: (now: number) => AsyncIterable<VideoId>;
  /** Strongly consistent. */
  readonly find: (videoId: VideoId) => Promise<Found | undefined>;
  /** Puts a tombstone in place of the record of a video that was deleted for good, and gives its creator the room of its files. */
  readonly bury: (video: Video, now: number) => Promise<void>;
  /** Notes that what a video had left behind is gone, unless it has changed meanwhile. Its creator has that room again. */
  readonly settle: (video: Video, now: number) => Promise<void>;
  /** Notes that nothing more is to be done about a tombstone: it goes by its time to live. */
  readonly leave: (videoId: VideoId) => Promise<void>;
}

export const removals = (
  dynamo: Dynamo,
  { videos: TableName, quotas }: { readonly videos: string; readonly quotas: string },
): Removals => {
  /** In the transaction that forgets the files, so that it happens once. */
  const released = ({ ownerId }: Video, sizeBytes: number) =>
    sizeBytes > 0 ? [{ Update: quotaRelease(quotas, { ownerId, sizeBytes }) }] : [];
  return {
    async *due(now) {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName,
          IndexName: removalIndex,
          KeyConditionExpression: 'removal = :due AND removalAt <= :now',
          ExpressionAttributeValues: { ':due': 'due', ':now': now },
        },
      );
      for await (const { Items = [] } of pages) for (const item of Items) yield VideoId.parse(item['videoId']);
    },
    async find(videoId) {
      const { Item } = await dynamo.send(new GetCommand({ TableName, Key: { videoId }, ConsistentRead: true }));
      if (Item === undefined) return undefined;
      const video = videoOf(Item);
      return video ? { is: 'video', video } : { is: 'tombstone', tombstone: Tombstone.parse(Item) };
    },
    async bury(video, now) {
      const { videoId, attempt, deletedAt = 0 } = video;
      const tombstone: Tombstone = { videoId, attempt, deletedAt, purgedAt: now };
      const Item = {
        ...Tombstone.parse(tombstone),
        removal: 'due',
        removalAt: now + sweptAgainAfterMs,
        expiresAtSeconds: Math.floor((now + tombstoneMs) / 1000),
      };
      const condition = {
        ConditionExpression: '#state = :deleted AND purgeAt <= :now',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':deleted': 'deleted', ':now': now },
      };
      // If it does not hold, another call has been quicker.
      await transact(dynamo, [{ Put: { TableName, Item, ...condition } }, ...released(video, keptBytes(video))]);
    },
    async settle(video, now) {
      const { videoId, state, version, leftBytes = 0 } = video;
      const onlyIf = { state: [state], version };
      const change = {
        set: {},
        remove: ['removalAt', ...(state === 'ready' ? (['leftBytes'] as const) : [])],
        onlyIf,
      } as const;
      const update = { Update: videoUpdate(TableName, videoId, change, now) };
      await transact(dynamo, [update, ...(state === 'ready' ? released(video, leftBytes) : [])]);
    },
    async leave(videoId) {
      const change = {
        UpdateExpression: 'REMOVE removal, removalAt',
        ConditionExpression: 'attribute_exists(purgedAt)',
      };
      await dynamo.send(new UpdateCommand({ TableName, Key: { videoId }, ...change }));
    },
  };
};
