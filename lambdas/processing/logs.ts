import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { s3Client } from '../../platform/clients/s3.ts';

/** Long enough to click on, too short to pass around. */
const logUrlSeconds = 300;

/** Where the logs of jobs can be read. */
export function logs(Bucket: string) {
  const s3 = s3Client();
  return {
    sign: (Key: string): Promise<string> =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: logUrlSeconds }),
  };
}
