import { kmsClient } from '../../platform/clients/kms.ts';
import { contentKeys } from '../../platform/content-keys.ts';
import { cardReader } from '../../platform/records/cards.ts';
import { videoRecords } from '../../platform/records/videos.ts';
import { serve } from '../shared/serve.ts';
import { cardsService } from './cards.ts';
import { env } from './env.ts';
import { routes } from './routes.ts';
import { streamingService } from './service.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const streaming = streamingService(
    videoRecords(dynamo, env.VIDEOS_TABLE),
    contentKeys(kmsClient(), env.CONTENT_KEY_ARN),
  );
  const cards = cardsService(cardReader(dynamo, env.VIDEOS_TABLE));
  return {
    handlers: {
      playback: ({ params, caller, now }) => streaming.playback(params.videoId, caller, now),
      license: ({ params, caller, body, now }) => streaming.license(params.videoId, caller, body, now),
      videoCards: ({ query, caller, now }) => cards.cards(query.ids, caller, now),
    },
    owners: {},
  };
});
