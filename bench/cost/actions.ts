import type { VideoId } from '../../domain/ids.ts';
import { upload } from '../uploading.ts';
import { type Actor, newcomer, register, type Scene } from './scene.ts';

/** What people do, each on its own: the requests that a program of ours or a page sends for it, and no others. */
export const actions = ({
  anybody,
  creator,
  viewer,
  videoId,
  file,
}: Scene): Readonly<Record<string, () => Promise<unknown>>> => ({
  register: () => register(anybody, newcomer()),
  'sign in': () => anybody.auth.login({ body: { ...viewer.credentials, session: 'api' } }),
  'refresh a session': () => anybody.auth.refreshToken({ body: { refreshToken: viewer.refreshToken } }),
  'open the home page': () => viewer.visit('/'),
  'open a watch page': () => viewer.visit(`/watch/${videoId}`),
  'play ten minutes': () => playTenMinutes(viewer, videoId),
  'read the history': () => viewer.client.history.listHistory(),
  'keep a video for later': () => viewer.client.playlists.addToWatchLater({ params: { videoId } }),
  'read the feed of subscriptions': () => viewer.client.community.subscriptionFeed(),
  like: () => viewer.client.community.likeVideo({ params: { videoId } }),
  comment: () => viewer.client.community.postComment({ params: { videoId }, body: { text: 'Well done' } }),
  subscribe: () => viewer.client.community.subscribe({ params: { userId: creator.userId } }),
  'open the studio': () => creator.visit('/studio'),
  'edit a video': () => creator.client.content.updateVideo({ params: { videoId }, body: { title: 'Edited' } }),
  'upload a file, until its run starts': async () => (await upload(creator.client, file)).complete(),
});

/** The position that is kept each half minute. The first of a viewing puts the video at the head of the history. */
async function playTenMinutes({ client }: Actor, videoId: VideoId): Promise<void> {
  const began = Date.now() - 600_000;
  for (let seconds = 30; seconds <= 600; seconds += 30) {
    const body = {
      positionSeconds: seconds,
      durationSeconds: 3600,
      watchedAt: began + seconds * 1000,
      startedAt: began,
    };
    await client.history.savePosition({ params: { videoId }, body });
  }
}
