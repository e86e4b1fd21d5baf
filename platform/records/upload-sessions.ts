import { DeleteCommand, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { UploadId, UserId, type VideoId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { quotaReturn, quotaUse } from './quotas.ts';
import { transact } from './transactions.ts';

/** Index of the uploads table: by video. */
export const uploadsByVideoIndex = 'byVideo';

/** Uploads, and the quotas that they take room of. */
export interface UploadTables {
  readonly uploads: string;
  readonly quotas: string;
}

/** What ending an upload needs to know of it. Times are milliseconds since the epoch. */
const Session = z.object({ uploadId: UploadId, ownerId: UserId, sizeBytes: z.int().positive(), createdAt: z.int() });
type Session = z.infer<typeof Session>;

/** Ends an open upload that comes to nothing and gives its room back, both or neither; one that has ended keeps its end. */
export async function endForNothing(
  dynamo: Dynamo,
  tables: UploadTables,
  upload: Session,
  end: 'aborted' | 'expired',
): Promise<void> {
  const closing = {
    TableName: tables.uploads,
    Key: { uploadId: upload.uploadId },
    UpdateExpression: 'SET #state = :end REMOVE #open',
    ConditionExpression: '#state = :open',
    ExpressionAttributeNames: { '#state': 'state', '#open': 'open' },
    ExpressionAttributeValues: { ':end': end, ':open': 'open' },
  };
  for (;;) {
    // What the quota's record says may change between reading and writing it.
    const seen = await quotaUse(dynamo, tables.quotas, upload.ownerId);
    const returning = seen && quotaReturn(tables.quotas, upload, seen, upload.createdAt);
    const failed = await transact(dynamo, [{ Update: closing }, ...(returning ? [{ Update: returning }] : [])]);
    // Closed by somebody else, who gave it back.
    if (failed.length === 0 || failed.includes(0)) return;
  }
}

/** The upload sessions of videos, for whoever ends or removes all of one. */
export interface UploadSessions {
  /** Eventually consistent. */
  readonly ofVideo: (videoId: VideoId) => Promise<UploadId[]>;
  /** Ends an open upload; one that has ended, or is not there, stays as it is. */
  readonly abort: (uploadId: UploadId) => Promise<void>;
  readonly remove: (uploadId: UploadId) => Promise<void>;
}

export const uploadSessions = (dynamo: Dynamo, tables: UploadTables): UploadSessions => ({
  async ofVideo(videoId) {
    const pages = paginateQuery(
      { client: dynamo },
      {
        TableName: tables.uploads,
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
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: tables.uploads, Key: { uploadId }, ConsistentRead: true }),
    );
    if (Item?.['state'] === 'open') await endForNothing(dynamo, tables, Session.parse(Item), 'aborted');
  },
  async remove(uploadId) {
    await dynamo.send(new DeleteCommand({ TableName: tables.uploads, Key: { uploadId } }));
  },
});
