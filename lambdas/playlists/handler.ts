import { publisher } from '../../platform/clients/events.ts';
import { newPlaylistId } from '../../platform/ids.ts';
import { serve } from '../shared/serve.ts';
import { env } from './env.ts';
import { playlistItems } from './items.ts';
import { routes } from './routes.ts';
import { playlistService } from './service.ts';
import { playlistStore } from './store.ts';

export const handler = serve(routes, env, ({ env, dynamo }) => {
  const playlists = playlistService({
    lists: playlistStore(dynamo, env.PLAYLISTS_TABLE),
    items: playlistItems(dynamo, env.PLAYLISTS_TABLE),
    publish: publisher(env.EVENT_BUS_NAME),
    newId: newPlaylistId,
  });
  const { watchLater } = playlists;
  return {
    handlers: {
      createPlaylist: ({ caller, body, now }) => playlists.create(caller.userId, body, now),
      getPlaylist: ({ params, caller }) => playlists.get(params.playlistId, caller),
      updatePlaylist: ({ params, caller, body, ifMatch, now }) =>
        playlists.update(params.playlistId, caller, body, ifMatch, now),
      deletePlaylist: async ({ params }) => {
        await playlists.delete(params.playlistId);
        return undefined;
      },
      listPlaylistItems: ({ params, caller, query: { limit, cursor } }) =>
        playlists.listItems(params.playlistId, caller, { limit, cursor }),
      addToPlaylist: ({ params, now }) => playlists.add(params.playlistId, params.videoId, now),
      removeFromPlaylist: ({ params, now }) => playlists.remove(params.playlistId, params.videoId, now),
      moveInPlaylist: ({ params, body, now }) => playlists.move(params.playlistId, params.videoId, body.after, now),
      listOwnPlaylists: ({ caller, query: { limit, cursor, videoId } }) =>
        playlists.listOwn(caller.userId, { limit, cursor }, videoId),
      listPublicPlaylists: ({ params, query: { limit, cursor } }) =>
        playlists.listPublic(params.userId, { limit, cursor }),
      listWatchLater: ({ caller, query: { limit, cursor } }) => watchLater.list(caller.userId, { limit, cursor }),
      isInWatchLater: ({ caller, params }) => watchLater.contains(caller.userId, params.videoId),
      addToWatchLater: ({ caller, params, now }) => watchLater.add(caller.userId, params.videoId, now),
      removeFromWatchLater: ({ caller, params, now }) => playlists.remove(caller.userId, params.videoId, now),
    },
    owners: { playlist: playlists.ownerOf },
  };
});
