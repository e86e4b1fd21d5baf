import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import type { LambdaFunctionURLResult } from 'aws-lambda';
import * as z from 'zod';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { sqsClient } from '../../platform/clients/sqs.ts';
import { readEnv } from '../../platform/env.ts';
import { jobQueues } from '../../platform/job-queues.ts';
import { isStored } from '../../platform/media.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { env as schema } from './env.ts';
import { type Held, onDemandOrigin } from './service.ts';

/** A request to a function URL (payload format 2.0). */
const Request = z.object({
  rawPath: z.string(),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

const env = readEnv(schema);
const log = new Logger({ serviceName: 'origin' });
const dynamo = dynamoClient();
const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
const s3 = s3Client();
const origin = onDemandOrigin({
  videos,
  jobs: jobRecords(dynamo, env.JOBS_TABLE),
  sendJobs: jobQueues({ sqs: sqsClient(), urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL }, videos }),
  isStored: (key) => isStored(s3, env.MEDIA_BUCKET, key),
  pause,
  now: Date.now,
});

/** Nothing that this origin says is so a moment later. */
const answer = (statusCode: number, headers: Record<string, string> = {}): LambdaFunctionURLResult => ({
  statusCode,
  headers: { 'cache-control': 'no-store', ...headers },
  body: '',
});

const answers: Record<Held, (path: string) => LambdaFunctionURLResult> = {
  // The same URL: now the bucket answers it, with its own bytes, ranges and ETag.
  there: (path) => answer(307, { location: path }),
  unknown: () => answer(404),
  late: () => answer(503, { 'retry-after': '2' }),
};

/** The distribution's second origin for media, asked for what the bucket does not have. */
export async function handler(event: unknown): Promise<LambdaFunctionURLResult> {
  const { rawPath: path, requestContext } = Request.parse(event);
  const { method } = requestContext.http;
  if (method !== 'GET' && method !== 'HEAD') return answer(405, { allow: 'GET, HEAD' });
  const began = Date.now();
  const held = await origin.hold(path.replace(/^\//, ''));
  log.info('held', { path, held, ms: Date.now() - began });
  return answers[held](path);
}
