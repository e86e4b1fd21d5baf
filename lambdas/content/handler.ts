import { s3Client } from '../../platform/clients/s3.ts';
import { sqsClient } from '../../platform/clients/sqs.ts';
import { jobQueues } from '../../platform/job-queues.ts';
import { jobRecords } from '../../platform/records/jobs.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { serve } from '../shared/serve.ts';
import { env } from './env.ts';
import { sentPictures } from './pictures.ts';
import { posterService } from './posters.ts';
import { routes } from './routes.ts';
import { contentService } from './service.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const videos = videoRecords(dynamo, env.VIDEOS_TABLE);
  const content = contentService(videos);
  const posters = posterService({
    videos,
    pictures: sentPictures(s3Client(), env.UPLOADS_BUCKET),
    jobs: jobRecords(dynamo, env.JOBS_TABLE),
    sendJobs: jobQueues({
      sqs: sqsClient(),
      urls: { express: env.EXPRESS_QUEUE_URL, bulk: env.BULK_QUEUE_URL },
      videos,
    }),
  });
  return {
    handlers: {
      getVideo: ({ params }) => content.get(params.videoId),
      updateVideo: ({ params, body, now }) => content.update(params.videoId, body, now),
      listCreatorVideos: ({ caller, query }) => content.list(caller.userId, query.limit, query.cursor),
      listPosters: ({ params, now }) => posters.list(params.videoId, now),
      choosePoster: ({ params, body, now }) => posters.choose(params.videoId, body, now),
      signPicture: ({ params, body, now }) => posters.sign(params.videoId, body, now),
      beginPicture: ({ params, now }) => posters.begin(params.videoId, params.pictureId, now),
    },
    owners: { video: content.ownerOf },
  };
});
