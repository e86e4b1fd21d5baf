import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { VideoId } from '../../domain/ids.ts';
import { sourcePrefix } from '../../domain/media/paths.ts';
import type { Parts } from './parts.ts';

/** Ends the uploads of a video that are under way; what has arrived of their files goes. */
export async function abortUploads(
  { s3, buckets, uploads }: Pick<Parts, 's3' | 'buckets' | 'uploads'>,
  videoId: VideoId,
): Promise<void> {
  const Bucket = buckets.uploads;
  // A video has one upload, or another that replaces its file: never a second page of them.
  const { Uploads = [] } = await s3.send(
    new ListMultipartUploadsCommand({ Bucket, Prefix: `${sourcePrefix(videoId)}/` }),
  );
  for (const { Key, UploadId } of Uploads) {
    try {
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    } catch (error) {
      if (!(error instanceof S3ServiceException && error.name === 'NoSuchUpload')) throw error;
    }
  }
  for (const uploadId of await uploads.ofVideo(videoId)) await uploads.abort(uploadId);
}
