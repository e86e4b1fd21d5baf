import { s3Client } from '../../platform/clients/s3.ts';
import { sfnClient } from '../../platform/clients/sfn.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { recordUploaded, startRun } from '../../platform/runs.ts';
import { serve } from '../shared/serve.ts';
import { env } from './env.ts';
import { sources } from './multipart.ts';
import { routes } from './routes.ts';
import { uploadService } from './service.ts';
import { uploadStore } from './store.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const starter = { sfn: sfnClient(), stateMachineArn: env.STATE_MACHINE_ARN };
  const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
  const service = uploadService({
    uploads: uploadStore(dynamo, { uploads: env.UPLOADS_TABLE, videos: env.VIDEOS_TABLE }),
    videos,
    sources: sources(s3Client(), env.UPLOADS_BUCKET),
    async begin({ videoId, uploadId }, now) {
      const run = await recordUploaded({ videos }, { videoId, uploadId, now });
      if (run) await startRun(starter, run);
      return run;
    },
  });
  return {
    handlers: {
      createUpload: ({ caller, body, now }) => service.create(caller, body, now),
      listUploads: ({ caller, query }) => service.list(caller, query),
      getUpload: ({ params, now }) => service.get(params.uploadId, now),
      signParts: ({ params, body, now }) => service.sign(params.uploadId, body, now),
      completeUpload: ({ params, body, now }) => service.complete(params.uploadId, body, now),
      abortUpload: ({ params, now }) => service.abort(params.uploadId, now),
    },
    owners: { upload: service.ownerOf },
  };
});
