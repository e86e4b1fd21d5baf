import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { VideoId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { publicationIndex } from './videos.ts';

/** The marks on records of videos whose publication is to be told: a write that publishes sets one in the same breath. */
export interface Publications {
  /** The videos whose mark is of `now` (ms) or before. Eventually consistent. */
  readonly listDue: (now: number) => Promise<VideoId[]>;
  /** Takes the mark away, if it still is of `publicationAt`. No change of the record in anybody's eyes: `version` stays. */
  readonly settle: (videoId: VideoId, publicationAt: number) => Promise<void>;
}

const Keys = z.object({ videoId: VideoId });

export const publicationRecords = (dynamo: Dynamo, table: string): Publications => ({
  async listDue(now) {
    const pages = paginateQuery(
      { client: dynamo },
      {
        TableName: table,
        IndexName: publicationIndex,
        KeyConditionExpression: 'publication = :yes AND publicationAt <= :now',
        ExpressionAttributeValues: { ':yes': 'yes', ':now': now },
      },
    );
    const due: VideoId[] = [];
    for await (const { Items = [] } of pages) due.push(...Items.map((item) => Keys.parse(item).videoId));
    return due;
  },
  async settle(videoId, publicationAt) {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { videoId },
          UpdateExpression: 'REMOVE publication, publicationAt',
          ConditionExpression: 'publicationAt = :seen',
          ExpressionAttributeValues: { ':seen': publicationAt },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
