import * as z from 'zod';
import { RunInput } from '../../domain/jobs/jobs.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { publisher } from '../../platform/clients/events.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { readEnv } from '../../platform/env.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { stageReleaser } from '../../platform/stage-release.ts';
import { sendJobsWhenNeeded } from '../../platform/when-needed.ts';
import { encode } from './encode.ts';
import { endRun, reasonOf, Why } from './ends.ts';
import { stagesEnv } from './env.ts';
import { finish } from './finish.ts';
import { transcoderWhenNeeded } from './mediaconvert/when-needed.ts';
import { publishReady } from './publish.ts';

/** The state machine's calls: one function, since each takes moments and they share all they need. */
const Call = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('encode'), run: RunInput, taskToken: z.string() }),
  z.object({ stage: z.literal('finish'), run: RunInput }),
  z.object({ stage: z.literal('publish'), run: RunInput }),
  z.object({ stage: z.literal('end'), run: RunInput, why: Why }),
]);

const env = readEnv(stagesEnv);
const dynamo = dynamoClient();
const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
const jobs = jobRecords(dynamo, env.JOBS_TABLE);
const services = {
  jobs,
  videos,
  sendJobs: sendJobsWhenNeeded({ urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL }, videos }),
  releaseStage: stageReleaser(sfnClient()),
  publish: publisher(env.EVENT_BUS_NAME),
  media: { s3: s3Client(), bucket: env.MEDIA_BUCKET },
  outstandingPerVideo: env.OUTSTANDING_PER_VIDEO,
  transcoder: transcoderWhenNeeded(env.MEDIACONVERT, jobs),
  now: Date.now,
};

export async function handler(event: unknown): Promise<unknown> {
  const call = Call.parse(event);
  switch (call.stage) {
    case 'encode':
      return encode(services, call.run, call.taskToken);
    case 'finish':
      return finish(services, call.run);
    case 'publish':
      return publishReady(services, call.run);
    case 'end':
      return endRun(services, call.run, reasonOf(call.why));
  }
}
