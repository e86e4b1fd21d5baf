import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { backlogMetric, backlogSeconds } from '../../domain/capacity/backlog.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { sqsClient } from '../../platform/clients/sqs.ts';
import { readEnv } from '../../platform/env.ts';
import { jobsOn } from '../../platform/job-queues.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { backlogEnv } from './env.ts';

const env = readEnv(backlogEnv);
const sqs = sqsClient();
const videos = videoRecords(dynamoClient(), env.VIDEOS_TABLE);
const metrics = new Metrics({
  namespace: backlogMetric.namespace,
  serviceName: backlogMetric.service,
  defaultDimensions: { environment: env.ENVIRONMENT },
});

/**
 * Every minute: publishes the work that waits and runs. A failed call publishes nothing, on which no policy scales and an
 * alarm goes off: a guess of zero would end the fleet in the middle of its work.
 */
export async function handler(): Promise<{ cpuSeconds: number }> {
  const [open, express] = await Promise.all([videos.listOpenWork(), jobsOn(sqs, env.EXPRESS_QUEUE_URL)]);
  const cpuSeconds = backlogSeconds(open, express);
  metrics.addMetric(backlogMetric.name, MetricUnit.Seconds, cpuSeconds);
  metrics.publishStoredMetrics();
  return { cpuSeconds };
}
