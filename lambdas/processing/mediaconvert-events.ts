import { Logger } from '@aws-lambda-powertools/logger';
import { JobStateChange, newsOf } from '../../domain/media/mediaconvert/events.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { readEnv } from '../../platform/env.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { stageReleaser } from '../../platform/stage-release.ts';
import { mediaConvertEventsEnv } from './env.ts';
import { hear } from './mediaconvert/hear.ts';

const env = readEnv(mediaConvertEventsEnv);
const log = new Logger({ serviceName: 'processing' });
const dynamo = dynamoClient();
const services = {
  jobs: jobRecords(dynamo, env.JOBS_TABLE),
  videos: videoRecords(dynamo, env.VIDEOS_TABLE),
  releaseStage: stageReleaser(sfnClient()),
  now: Date.now,
};

/** EventBridge's news of MediaConvert jobs that carry our metadata. */
export async function handler(event: unknown): Promise<void> {
  const { detail } = JobStateChange.parse(event);
  const run = detail.userMetadata;
  const outcome = await hear(services, run, detail.jobId, newsOf(detail));
  log.info('MediaConvert', { ...run, job: detail.jobId, status: detail.status, outcome });
}
