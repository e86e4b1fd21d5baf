import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { videoDeleted, videoRestored } from '../../domain/events/events.ts';
import { cdnPurge } from '../../platform/cdn-purge.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { publisher } from '../../platform/clients/events.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { readEnv } from '../../platform/env.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { removals } from '../../platform/records/removals.ts';
import { runRemoval } from '../../platform/records/run-removal.ts';
import { uploadSessions } from '../../platform/records/upload-sessions.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { cancelTranscodeWhenNeeded } from '../../platform/when-needed.ts';
import { afterDeletion, afterRestoration } from './after-deletion.ts';
import { env as schema } from './env.ts';
import type { Parts } from './parts.ts';
import { sweep } from './sweep.ts';

/** What calls it: the schedule, or one of two events as the bus delivers them. */
const Call = z.union([
  z.object({ 'detail-type': z.literal(videoDeleted.name), detail: videoDeleted.detail }),
  z.object({ 'detail-type': z.literal(videoRestored.name), detail: videoRestored.detail }),
  z.object({ 'detail-type': z.literal('Scheduled Event') }),
]);

/** Left at the end of a call, for the request that is under way. */
const marginMs = 20_000;

const env = readEnv(schema);
const log = new Logger({ serviceName: 'removal' });
const dynamo = dynamoClient();
const parts: Parts = {
  videos: videoRecords(dynamo, env.VIDEOS_TABLE),
  removals: removals(dynamo, { videos: env.VIDEOS_TABLE, quotas: env.QUOTAS_TABLE }),
  removeRun: runRemoval(dynamo, env.JOBS_TABLE),
  uploads: uploadSessions(dynamo, { uploads: env.UPLOADS_TABLE, quotas: env.QUOTAS_TABLE }),
  s3: s3Client(),
  buckets: { uploads: env.UPLOADS_BUCKET, media: env.MEDIA_BUCKET },
  executions: { sfn: sfnClient(), stateMachineArn: env.STATE_MACHINE_ARN },
  cancelTranscode: env.MEDIACONVERT
    ? cancelTranscodeWhenNeeded(env.MEDIACONVERT.endpoint, jobRecords(dynamo, env.JOBS_TABLE))
    : async () => undefined,
  purgeCdn: cdnPurge(env.CDN),
  publish: publisher(env.EVENT_BUS_NAME),
};

/** Every five minutes, and when a video is deleted or had back. */
export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const call = Call.parse(event);
  const now = Date.now();
  const span = { now, until: now + context.getRemainingTimeInMillis() - marginMs };
  switch (call['detail-type']) {
    case 'Scheduled Event':
      return log.info('swept', await sweep(parts, span));
    case 'video.deleted':
      await afterDeletion(parts, call.detail.videoId, span);
      return log.info('after deletion', { videoId: call.detail.videoId });
    case 'video.restored':
      await afterRestoration(parts, call.detail.videoId);
      return log.info('after restoration', { videoId: call.detail.videoId });
  }
}
