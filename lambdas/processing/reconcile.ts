import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { publisher } from '../../platform/clients/events.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { sqsClient } from '../../platform/clients/sqs.ts';
import { readEnv } from '../../platform/env.ts';
import { jobQueues } from '../../platform/job-queues.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { stageReleaser } from '../../platform/stage-release.ts';
import { reconcileEnv } from './env.ts';
import { transcoderWhenNeeded } from './mediaconvert/when-needed.ts';
import { reconcile } from './reconciliation.ts';

const env = readEnv(reconcileEnv);
const dynamo = dynamoClient();
const sfn = sfnClient();
const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
const jobs = jobRecords(dynamo, env.JOBS_TABLE);
const services = {
  jobs,
  videos,
  sendJobs: jobQueues({ sqs: sqsClient(), urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL }, videos }),
  releaseStage: stageReleaser(sfn),
  publish: publisher(env.EVENT_BUS_NAME),
  transcoder: transcoderWhenNeeded(env.MEDIACONVERT, jobs),
  executions: { sfn, stateMachineArn: env.STATE_MACHINE_ARN },
  now: Date.now,
};

/** Every minute. */
export const handler = (): Promise<{ looked: number }> => reconcile(services);
