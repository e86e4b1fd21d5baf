import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { peekKey, peekPosterKey } from '../../domain/media/paths.ts';
import { partUrlLifetimeSeconds } from '../../domain/upload/parts.ts';
import type { PeekEnd } from '../../domain/upload/peek.ts';
import { checksumHeader } from './multipart.ts';

/** Whose peek it is. */
interface Of {
  readonly videoId: string;
  readonly uploadId: string;
}

/** One end of a peek: its length in bytes, the base64 SHA-256 of its bytes. */
export interface EndToSign {
  readonly end: PeekEnd;
  readonly sizeBytes: number;
  readonly checksum: string;
}

/** The peeks of the uploads bucket. */
export interface Peeks {
  readonly sign: (of: Of, end: EndToSign) => Promise<{ url: string; headers: Record<string, string> }>;
  /** Whether exactly these bytes are stored. */
  readonly holds: (of: Of, end: EndToSign) => Promise<boolean>;
  /** The picture that was made of it, a JPEG; undefined if there is none. */
  readonly poster: (of: Of) => Promise<Uint8Array | undefined>;
}

export function peeks(s3: S3Client, bucket: string): Peeks {
  return {
    async sign({ videoId, uploadId }, { end, sizeBytes, checksum }) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: peekKey(videoId, uploadId, end),
        ContentLength: sizeBytes,
        ChecksumSHA256: checksum,
      });
      const url = await getSignedUrl(s3, command, {
        expiresIn: partUrlLifetimeSeconds,
        unhoistableHeaders: new Set([checksumHeader]),
      });
      return { url, headers: { [checksumHeader]: checksum } };
    },
    async holds({ videoId, uploadId }, { end, sizeBytes, checksum }) {
      try {
        const { ContentLength, ChecksumSHA256 } = await s3.send(
          new HeadObjectCommand({ Bucket: bucket, Key: peekKey(videoId, uploadId, end), ChecksumMode: 'ENABLED' }),
        );
        return ContentLength === sizeBytes && ChecksumSHA256 === checksum;
      } catch (error) {
        if (error instanceof NotFound) return false;
        throw error;
      }
    },
    async poster({ videoId, uploadId }) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: peekPosterKey(videoId, uploadId) }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
