import type { UserId } from '../../domain/ids.ts';
import { deletion } from '../../domain/video/deletion.ts';
import { Video } from '../../domain/video/video.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { byOwnerIndex, videoRecords } from '../records/videos.ts';
import type { PersonalStore } from './personal.ts';
import { itemsOf } from './table.ts';

/**
 * The videos of a person. Erasing has them purged at once instead of in 30 days: the purge removes sources, media, jobs and
 * uploads of a video, and its record last, so that nothing is left while a record is.
 */
export function personalVideos(dynamo: Dynamo, table: string): PersonalStore {
  const records = videoRecords(dynamo, table);
  async function* videosOf(userId: UserId) {
    const query = {
      TableName: table,
      IndexName: byOwnerIndex,
      KeyConditionExpression: 'ownerId = :owner',
      ExpressionAttributeValues: { ':owner': userId },
    };
    for await (const item of itemsOf(dynamo, query)) yield Video.parse(item);
  }

  return {
    async *collect(userId) {
      // Keys of encrypted titles are secrets of ours.
      for await (const { contentKey: _, formerKey: __, ...video } of videosOf(userId)) yield video;
    },
    async erase(userId, now) {
      for await (const video of videosOf(userId)) {
        const decided = deletion(video, now, true);
        if (decided.is !== 'change') continue;
        const onlyIf = { state: [video.state], version: video.version };
        // One that has changed in this moment is the next call's. The removal finds it within minutes.
        await records.change(video.videoId, { set: decided.set, onlyIf }, now);
      }
    },
  };
}
