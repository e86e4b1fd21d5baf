import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { UploadId, type VideoId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';

/** Index of the uploads table: by video. */
export const uploadsByVideoIndex = 'byVideo';

/** The upload sessions of videos, for whoever ends or removes all of one. */
export interface UploadSessions {
  /** Eventually consistent. */
  readonly ofVideo: (videoId: VideoId) => Promise<UploadId[]>;
  /** Ends an open upload; one that has ended keeps its end. */
  readonly abort: (uploadId: UploadId) => Promise<void>;
  readonly remove: (uploadId: UploadId) => Promise<void>;
}

export const uploadSessions = (dynamo: Dynamo, TableName: string): UploadSessions => ({
  async ofVideo(videoId) {
    const pages = paginateQuery(
      { client: dynamo },
      {
        TableName,
        IndexName: uploadsByVideoIndex,
        KeyConditionExpression: 'videoId = :video',
        ExpressionAttributeValues: { ':video': videoId },
      },
    );
    const found: UploadId[] = [];
    for await (const { Items = [] } of pages) found.push(...Items.map((item) => UploadId.parse(item['uploadId'])));
    return found;
  },
  async abort(uploadId) {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName,
          Key: { uploadId },
          UpdateExpression: 'SET #state = :aborted REMOVE #open',
          ConditionExpression: '#state = :open',
          ExpressionAttributeNames: { '#state': 'state', '#open': 'open' },
          ExpressionAttributeValues: { ':aborted': 'aborted', ':open': 'open' },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
  async remove(uploadId) {
    await dynamo.send(new DeleteCommand({ TableName, Key: { uploadId } }));
  },
});
