import { videoRecords } from '../../platform/records/videos.ts';
import { serve } from '../shared/serve.ts';
import { env } from './env.ts';
import { routes } from './routes.ts';
import { contentService } from './service.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const content = contentService(videoRecords(dynamo, env.VIDEOS_TABLE));
  return {
    handlers: {
      getVideo: ({ params }) => content.get(params.videoId),
      updateVideo: ({ params, body, now }) => content.update(params.videoId, body, now),
      listCreatorVideos: ({ caller, query }) => content.list(caller.userId, query.limit, query.cursor),
    },
    owners: { video: content.ownerOf },
  };
});
