import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachment } from '../../domain/upload/attachment.ts';
import { sourceUrlLifetimeSeconds } from '../../domain/upload/parts.ts';
import type { Source } from '../../domain/video/video.ts';
import { isStored } from '../../platform/media.ts';

/** The files that creators uploaded, in the uploads bucket. */
export interface Sources {
  readonly isKept: (source: Source) => Promise<boolean>;
  /** A URL that answers with the file, to be saved under its own name. */
  readonly sign: (source: Source) => Promise<string>;
}

export const keptSources = (s3: S3Client, Bucket: string): Sources => ({
  isKept: ({ key }) => isStored(s3, Bucket, key),
  sign: ({ key, fileName, contentType }) =>
    getSignedUrl(
      s3,
      new GetObjectCommand({
        Bucket,
        Key: key,
        ResponseContentDisposition: attachment(fileName),
        ResponseContentType: contentType,
      }),
      { expiresIn: sourceUrlLifetimeSeconds },
    ),
});
