import type { SluiceClient } from '../../client/client.ts';
import type { Registry } from '../../client/registry.ts';
import type { Scene } from '../cost/scene.ts';

export interface HotCall {
  readonly by: 'creator' | 'viewer';
  /** `n` counts the calls. */
  readonly call: (client: SluiceClient, n: number) => Promise<unknown>;
}

type HotCalls = { readonly [Service in keyof Registry]?: Readonly<Record<string, HotCall>> };

/** The requests that come most often. */
export const hotCalls = ({ videoId }: Scene): HotCalls => ({
  auth: { me: { by: 'viewer', call: (client) => client.auth.me() } },
  streaming: {
    playback: { by: 'viewer', call: (client) => client.streaming.playback({ params: { videoId } }) },
    videoCards: { by: 'viewer', call: (client) => client.streaming.videoCards({ query: { ids: videoId } }) },
  },
  content: {
    getVideo: { by: 'creator', call: (client) => client.content.getVideo({ params: { videoId } }) },
    listCreatorVideos: { by: 'creator', call: (client) => client.content.listCreatorVideos() },
  },
  community: {
    feed: { by: 'viewer', call: (client) => client.community.feed() },
    videoStanding: { by: 'viewer', call: (client) => client.community.videoStanding({ params: { videoId } }) },
    listComments: { by: 'viewer', call: (client) => client.community.listComments({ params: { videoId } }) },
  },
  history: {
    savePosition: {
      by: 'viewer',
      call: (client, n) =>
        client.history.savePosition({
          params: { videoId },
          body: { positionSeconds: n, durationSeconds: 3600, watchedAt: Date.now(), startedAt: Date.now() - 1000 * n },
        }),
    },
    listHistory: { by: 'viewer', call: (client) => client.history.listHistory() },
  },
  playlists: { listWatchLater: { by: 'viewer', call: (client) => client.playlists.listWatchLater() } },
  upload: { listUploads: { by: 'creator', call: (client) => client.upload.listUploads() } },
});
