import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { JobMessage } from '../../domain/jobs/jobs.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { sqsClient } from '../../platform/clients/sqs.ts';
import { readEnv } from '../../platform/env.ts';
import { jobQueues } from '../../platform/job-queues.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { stageReleaser } from '../../platform/stage-release.ts';
import { buryJob } from './dead-jobs.ts';
import { deadLetterEnv } from './env.ts';

const env = readEnv(deadLetterEnv);
const log = new Logger({ serviceName: 'processing' });
const dynamo = dynamoClient();
const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
const services = {
  jobs: jobRecords(dynamo, env.JOBS_TABLE),
  sendJobs: jobQueues({ sqs: sqsClient(), urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL }, videos }),
  releaseStage: stageReleaser(sfnClient()),
  now: Date.now,
};

/** The dead-letter queues of both job queues. What it is too early to judge, or could not be, is left in its queue. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const later: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      const message = JobMessage.parse(JSON.parse(body));
      const { videoId, attempt, kind } = message;
      const burial = await buryJob(services, message);
      log.warn('dead letter', { videoId, attempt, kind, burial });
      if (burial === 'held') later.push({ itemIdentifier: messageId });
    } catch (error) {
      log.error('dead letter not judged', {
        messageId,
        error: error instanceof Error ? error : new Error(String(error)),
      });
      later.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures: later };
}
