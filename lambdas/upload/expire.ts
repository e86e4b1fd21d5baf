import { recordUploaded } from '../../platform/arrivals.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { readEnv } from '../../platform/env.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { expireUploads, type UploadDeps } from './ending.ts';
import { expiryEnv } from './env.ts';
import { sources } from './multipart.ts';
import { uploadStore } from './store.ts';

const env = readEnv(expiryEnv);
const dynamo = dynamoClient();
const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
const deps: UploadDeps = {
  uploads: uploadStore(dynamo, {
    uploads: env.UPLOADS_TABLE,
    videos: env.VIDEOS_TABLE,
    quotas: env.QUOTAS_TABLE,
  }),
  videos,
  sources: sources(s3Client(), env.UPLOADS_BUCKET),
  // Recording is enough here: the reconciler starts what is recorded and was not started.
  begin: ({ videoId, uploadId }, now) => recordUploaded({ videos }, { videoId, uploadId, now }),
};

/** Scheduled: ends abandoned uploads. */
export const handler = async (): Promise<{ ended: number }> => ({ ended: await expireUploads(deps, Date.now()) });
