import { AbortMultipartUploadCommand, NoSuchUpload, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { UserId } from '../../domain/ids.ts';
import { sourceKey } from '../../domain/media/paths.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { batchDelete } from '../records/batches.ts';
import type { PersonalStore } from './personal.ts';
import { itemsOf } from './table.ts';

/** Index of the uploads table: by owner. */
const byOwnerIndex = 'byOwner';

/** What erasing needs to know of an upload. */
const Upload = z.looseObject({ uploadId: z.string(), videoId: z.string(), state: z.string(), multipartId: z.string() });

/** The upload sessions of a person; parts that have arrived of open ones go with them. */
export function personalUploads(dynamo: Dynamo, table: string, s3: S3Client, bucket: string): PersonalStore {
  async function* uploadsOf(userId: UserId) {
    const query = {
      TableName: table,
      IndexName: byOwnerIndex,
      KeyConditionExpression: 'ownerId = :owner',
      ExpressionAttributeValues: { ':owner': userId },
    };
    for await (const item of itemsOf(dynamo, query)) yield Upload.parse(item);
  }

  async function abort({ videoId, uploadId, multipartId }: z.infer<typeof Upload>): Promise<void> {
    const Key = sourceKey(videoId, uploadId);
    try {
      await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId: multipartId }));
    } catch (error) {
      if (!(error instanceof NoSuchUpload)) throw error;
    }
  }

  return {
    collect: uploadsOf,
    async erase(userId) {
      for await (const upload of uploadsOf(userId)) {
        if (upload.state === 'open') await abort(upload);
        await batchDelete(dynamo, table, [{ uploadId: upload.uploadId }]);
      }
    },
  };
}
