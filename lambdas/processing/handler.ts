import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { s3Client } from '../../platform/clients/s3.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { jobRecords } from '../../platform/records/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { startRun } from '../../platform/runs.ts';
import { serve } from '../shared/serve.ts';
import { apiEnv } from './env.ts';
import { routes } from './routes.ts';
import { processingService } from './service.ts';

/** Long enough to click on, too short to pass around. */
const logUrlSeconds = 300;

export const handler = serve(routes, apiEnv, ({ env, dynamo }) => {
  const starter = { sfn: sfnClient(), stateMachineArn: env.STATE_MACHINE_ARN };
  const s3 = s3Client();
  const processing = processingService({
    videos: videoRecords(dynamo, env.VIDEOS_TABLE),
    jobs: jobRecords(dynamo, env.JOBS_TABLE),
    start: (run, number) => startRun(starter, run, number),
    signLog: (Key) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket: env.UPLOADS_BUCKET, Key }), { expiresIn: logUrlSeconds }),
  });
  return {
    handlers: {
      reprocess: ({ params, body, now }) => processing.reprocess(params.videoId, body.what, now),
      listJobs: ({ query }) => processing.listJobs(query),
    },
    owners: { video: processing.ownerOf },
  };
});
