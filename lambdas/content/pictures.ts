import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { PictureId, VideoId } from '../../domain/ids.ts';
import { sentPictureKey } from '../../domain/media/paths.ts';
import { pictureUrlLifetimeSeconds } from '../../domain/media/picture.ts';

const checksumHeader = 'x-amz-checksum-sha256';

/** A file that is to be sent: its length in bytes, the base64 SHA-256 of its bytes. */
export interface PictureToSign {
  readonly sizeBytes: number;
  readonly checksum: string;
}

/** Pictures as they were sent, in the uploads bucket. */
export interface Pictures {
  readonly sign: (
    videoId: VideoId,
    pictureId: PictureId,
    file: PictureToSign,
  ) => Promise<{ url: string; headers: Record<string, string> }>;
  /** Bytes of what has arrived; undefined if nothing has. */
  readonly sizeOf: (videoId: VideoId, pictureId: PictureId) => Promise<number | undefined>;
}

export function sentPictures(s3: S3Client, Bucket: string): Pictures {
  return {
    async sign(videoId, pictureId, { sizeBytes, checksum }) {
      const command = new PutObjectCommand({
        Bucket,
        Key: sentPictureKey(videoId, pictureId),
        ContentLength: sizeBytes,
        ChecksumSHA256: checksum,
      });
      const url = await getSignedUrl(s3, command, {
        expiresIn: pictureUrlLifetimeSeconds,
        unhoistableHeaders: new Set([checksumHeader]),
      });
      return { url, headers: { [checksumHeader]: checksum } };
    },
    async sizeOf(videoId, pictureId) {
      try {
        const Key = sentPictureKey(videoId, pictureId);
        return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength;
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
  };
}
