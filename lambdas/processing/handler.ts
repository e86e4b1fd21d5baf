import { sfnClient } from '../../platform/clients/sfn.ts';
import { later } from '../../platform/later.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { startRun } from '../../platform/runs.ts';
import { serve } from '../shared/serve.ts';
import { apiEnv } from './env.ts';
import { routes } from './routes.ts';
import { processingService } from './service.ts';

export const handler = serve(routes, apiEnv, ({ env, dynamo }) => {
  const starter = { sfn: sfnClient(), stateMachineArn: env.STATE_MACHINE_ARN };
  const logs = later(async () => (await import('./logs.ts')).logs(env.UPLOADS_BUCKET));
  const processing = processingService({
    videos: videoRecords(dynamo, env.VIDEOS_TABLE),
    jobs: jobRecords(dynamo, env.JOBS_TABLE),
    start: (run, number) => startRun(starter, run, number),
    signLog: logs.sign,
  });
  return {
    handlers: {
      reprocess: ({ params, body, now }) => processing.reprocess(params.videoId, body.what, now),
      listJobs: ({ query }) => processing.listJobs(query),
    },
    owners: { video: processing.ownerOf },
  };
});
