import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { dynamoClient } from '../platform/clients/dynamo.ts';
import { publisher } from '../platform/clients/events.ts';
import { kmsClient } from '../platform/clients/kms.ts';
import { s3Client } from '../platform/clients/s3.ts';
import { sfnClient } from '../platform/clients/sfn.ts';
import { sqsClient, sqsPollClient } from '../platform/clients/sqs.ts';
import { contentKeys } from '../platform/content-keys.ts';
import { readEnv } from '../platform/env.ts';
import { jobQueues } from '../platform/job-queues.ts';
import { jobRecords } from '../platform/records/jobs/jobs.ts';
import { videoRecords } from '../platform/records/videos.ts';
import { stageReleaser } from '../platform/stage-release.ts';
import { receiver } from './deliveries.ts';
import { ecsEnv, env as schema } from './env.ts';
import { Stopping } from './failures.ts';
import { jobs as handlers } from './jobs.ts';
import { pull } from './pull.ts';
import { runJob, type Worker } from './run-job.ts';
import { scaleInProtection } from './scale-in-protection.ts';
import { logKeeper } from './try-log.ts';

/** The media worker: pulls jobs until it is told to stop, then gives back what it has not finished. */

const env = readEnv(schema);
const log = new Logger({ serviceName: 'worker' });
const stopping = stopOnSignals();

await emptied(env.SCRATCH_DIR);
const dynamo = dynamoClient();
const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
const sqs = sqsClient();
const s3 = s3Client();
const queues = { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL };

const worker: Worker = {
  id: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
  handlers,
  shared: {
    env,
    clients: { dynamo, s3 },
    jobs: jobRecords(dynamo, env.JOBS_TABLE),
    videos,
    contentKeys: contentKeys(kmsClient(), env.CONTENT_KEY_ARN),
    publish: publisher(env.EVENT_BUS_NAME),
    log,
    now: Date.now,
  },
  sendJobs: jobQueues({ sqs, urls: queues, videos }),
  releaseStage: stageReleaser(sfnClient()),
  keepLog: logKeeper(s3, env.UPLOADS_BUCKET),
  stopping,
};

const protection = scaleInProtection({ agentUri: readEnv(ecsEnv).ECS_AGENT_URI, log, stopping });
log.info('worker started', { workerId: worker.id, bulkSlots: env.BULK_SLOTS });
await pull({
  receive: receiver({ sqs, polling: sqsPollClient() }),
  queues,
  bulkSlots: env.BULK_SLOTS,
  run: (delivery) => protection.during(() => runJob(worker, delivery)),
  log,
  stopping,
});
log.info('worker stopped');
endAtOnce();

/**
 * Ends the process by the signal it was asked to end by. Idle connections would keep it for seconds, and `process.exit`
 * waits for V8's own threads, which on rare occasions never end (nodejs/node#54918); it is left for a container's first
 * process, whom the system shields from that signal.
 */
function endAtOnce(): never {
  process.removeAllListeners('SIGTERM');
  process.kill(process.pid, 'SIGTERM');
  process.exit(0);
}

/** Aborted by the first SIGTERM or SIGINT; a second one ends the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) endAtOnce();
    controller.abort(new Stopping());
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return controller.signal;
}

/** What a worker that was killed has left behind goes. */
async function emptied(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const entry of await readdir(directory)) await rm(join(directory, entry), { recursive: true, force: true });
}
