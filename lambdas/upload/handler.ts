import { recordUploaded } from '../../platform/arrivals.ts';
import { s3Client } from '../../platform/clients/s3.ts';
import { jobRecords } from '../../platform/records/jobs/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { sendJobsWhenNeeded, startRunWhenNeeded } from '../../platform/when-needed.ts';
import { serve } from '../shared/serve.ts';
import { env } from './env.ts';
import { sources } from './multipart.ts';
import { peekService } from './peeking.ts';
import { peeks } from './peeks.ts';
import { routes } from './routes.ts';
import { uploadService } from './service.ts';
import { uploadStore } from './store.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const start = startRunWhenNeeded({ stateMachineArn: env.STATE_MACHINE_ARN });
  const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
  const uploads = uploadStore(dynamo, {
    uploads: env.UPLOADS_TABLE,
    videos: env.VIDEOS_TABLE,
    quotas: env.QUOTAS_TABLE,
  });
  const s3 = s3Client();
  const peek = peekService({
    uploads,
    videos,
    peeks: peeks(s3, env.UPLOADS_BUCKET),
    jobs: jobRecords(dynamo, env.JOBS_TABLE),
    sendJobs: sendJobsWhenNeeded({
      urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL },
      videos,
    }),
  });
  const service = uploadService({
    uploads,
    videos,
    sources: sources(s3, env.UPLOADS_BUCKET),
    quota: {
      uploadsPerDay: env.UPLOADS_PER_DAY,
      bytesPerDay: env.UPLOAD_BYTES_PER_DAY,
      keptBytes: env.KEPT_BYTES,
    },
    mediaConvert: { reach: env.MEDIACONVERT_REACH, protection: env.PROTECTION },
    async begin({ videoId, uploadId }, now) {
      const run = await recordUploaded({ videos }, { videoId, uploadId, now });
      if (run) await start(run);
      return run;
    },
  });
  return {
    handlers: {
      createUpload: ({ caller, body, now }) => service.create(caller, body, now),
      listUploads: ({ caller, query }) => service.list(caller, query),
      getQuota: ({ caller, now }) => service.quota(caller, now),
      getUpload: ({ params, now }) => service.get(params.uploadId, now),
      signParts: ({ params, body, now }) => service.sign(params.uploadId, body, now),
      signPeek: ({ params, body, now }) => peek.sign(params.uploadId, body, now),
      beginPeek: ({ params, body }) => peek.begin(params.uploadId, body),
      getPeek: ({ params }) => peek.get(params.uploadId),
      completeUpload: ({ params, body, now }) => service.complete(params.uploadId, body, now),
      abortUpload: ({ params, now }) => service.abort(params.uploadId, now),
    },
    owners: { upload: service.ownerOf },
  };
});
