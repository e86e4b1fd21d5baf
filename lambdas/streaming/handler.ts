import { videoRecords } from '../../platform/records/videos.ts';
import { serve } from '../shared/serve.ts';
import { env } from './env.ts';
import { routes } from './routes.ts';
import { streamingService } from './service.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const streaming = streamingService(videoRecords(dynamo, env.VIDEOS_TABLE));
  return {
    handlers: { playback: ({ params, caller }) => streaming.playback(params.videoId, caller) },
    owners: {},
  };
});
