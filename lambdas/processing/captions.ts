import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';
import { captionsChanged } from '../../domain/events/events.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { readEnv } from '../../platform/env.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { captionsEnv } from './env.ts';
import { relist } from './relist.ts';

/** `video.captions-changed` as the bus delivers it. */
const Changed = z.object({ detail: captionsChanged.detail });

const env = readEnv(captionsEnv);
const log = new Logger({ serviceName: 'processing' });
const dynamo = dynamoClient();
const services = {
  jobs: jobRecords(dynamo, env.JOBS_TABLE),
  videos: videoRecords(dynamo, env.VIDEOS_TABLE),
  media: { s3: s3Client(), bucket: env.MEDIA_BUCKET },
};

/** Captions have changed: the manifests follow. */
export async function handler(event: unknown): Promise<void> {
  const { videoId } = Changed.parse(event).detail;
  log.info('captions changed', { videoId, manifests: await relist(services, videoId) });
}
