import { publisher } from '../../platform/clients/events.ts';
import { serve } from '../shared/serve.ts';
import { env } from './env.ts';
import { routes } from './routes.ts';
import { historyService } from './service.ts';
import { historyStore } from './store.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const history = historyService(historyStore(dynamo, env.HISTORY_TABLE), publisher(env.EVENT_BUS_NAME));
  return {
    handlers: {
      listHistory: ({ caller, query: { limit, cursor } }) => history.list(caller.userId, { limit, cursor }),
      clearHistory: async ({ caller, now }) => {
        await history.clear(caller.userId, now);
        return undefined;
      },
      setHistory: ({ caller, body }) => history.pause(caller.userId, body.paused),
      getPosition: ({ caller, params }) => history.get(caller.userId, params.videoId),
      savePosition: async ({ caller, params, body, now }) => {
        await history.keep(caller.userId, { ...params, ...body }, now);
        return undefined;
      },
      removeFromHistory: async ({ caller, params }) => {
        await history.remove(caller.userId, params.videoId);
        return undefined;
      },
    },
    owners: {},
  };
});
