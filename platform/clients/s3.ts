import { S3Client } from '@aws-sdk/client-s3';
import { callPolicy } from './policy.ts';

/**
 * `WHEN_REQUIRED`: otherwise the presigner signs the checksum of an empty body.
 * A custom endpoint has no wildcard DNS for bucket hosts, so there buckets go into the path.
 */
export const s3Client = (): S3Client =>
  new S3Client({
    ...callPolicy('object'),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    forcePathStyle: (process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']) !== undefined,
  });
