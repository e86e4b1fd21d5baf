import { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';
import { UploadId, VideoId } from '../../domain/ids.ts';
import { parseSourceKey } from '../../domain/media/paths.ts';
import { recordUploaded } from '../../platform/arrivals.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { readEnv } from '../../platform/env.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { startRun } from '../../platform/runs.ts';
import { startEnv } from './env.ts';

/** EventBridge's "Object Created" of the uploads bucket. */
const ObjectCreated = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });
const SourceIds = z.object({ videoId: VideoId, uploadId: UploadId });

const env = readEnv(startEnv);
const log = new Logger({ serviceName: 'processing' });
const videos = videoRecords(dynamoClient(), env.VIDEOS_TABLE);
const starter = { sfn: sfnClient(), stateMachineArn: env.STATE_MACHINE_ARN };

/** The safety net of uploads: a source that is there is processed, whether or not its completion got so far. */
export async function handler(event: unknown): Promise<void> {
  const { key } = ObjectCreated.parse(event).detail.object;
  const ids = SourceIds.safeParse(parseSourceKey(key));
  if (!ids.success) return log.warn('not the key of a source', { key });
  const run = await recordUploaded({ videos }, { ...ids.data, now: Date.now() });
  if (run === undefined) return log.info('nothing to run', { key });
  log.info('run', { ...run, outcome: await startRun(starter, run) });
}
