import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { UserId, VideoId } from '../../domain/ids.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { trashIndex, videoOf } from './videos.ts';

/** Where a page of deleted videos ends. */
export interface TrashPlace {
  readonly videoId: VideoId;
  readonly deletedAt: number;
}

/** The deleted videos of somebody, the last deleted first. Eventually consistent. */
export interface Trash {
  readonly list: (
    ownerId: UserId,
    page: { limit: number; after: TrashPlace | undefined },
  ) => Promise<{ videos: Video[]; end: TrashPlace | undefined }>;
}

export const trashOf = (dynamo: Dynamo, table: string): Trash => ({
  async list(ownerId, { limit, after }) {
    const answer = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: trashIndex,
        KeyConditionExpression: 'trashOf = :owner',
        ExpressionAttributeValues: { ':owner': ownerId },
        ScanIndexForward: false,
        Limit: limit,
        ...(after && { ExclusiveStartKey: { trashOf: ownerId, ...after } }),
      }),
    );
    const last = answer.LastEvaluatedKey;
    return {
      videos: (answer.Items ?? []).flatMap((item) => videoOf(item) ?? []),
      end: last && { videoId: last['videoId'] as VideoId, deletedAt: last['deletedAt'] as number },
    };
  },
});
