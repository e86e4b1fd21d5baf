import type { OwnedResource } from '../../domain/access/policy.ts';
import { VideoId } from '../../domain/ids.ts';
import { newVideoId } from '../../platform/ids.ts';
import type { Ids } from './calls.ts';
import type { Person } from './people.ts';
import { beginUpload } from './uploads.ts';

/** A public video whose file is on its way. */
async function videoUnderWay(owner: Person): Promise<Ids> {
  const { videoId, uploadId } = await beginUpload(owner.client, Buffer.from('x'), { fileName: 'owned.mp4' });
  await owner.client.content.updateVideo({ params: { videoId }, body: { visibility: 'public' } });
  return { videoId, uploadId };
}

/** A private playlist with a video in it. */
async function playlist({ client: { playlists } }: Person): Promise<Ids> {
  const { playlistId } = await playlists.createPlaylist({ body: { title: 'Owned' } });
  await playlists.addToPlaylist({ params: { playlistId, videoId: newVideoId() } });
  return { playlistId };
}

async function comment(owner: Person): Promise<Ids> {
  const ids = await videoUnderWay(owner);
  const { commentId } = await owner.client.community.postComment({
    params: { videoId: VideoId.parse(ids['videoId']) },
    body: { text: 'Owned' },
  });
  return { ...ids, commentId };
}

/** How somebody comes to own one of each thing that routes protect: its id, by the name that routes have for it. */
export const ownedThings: { readonly [Kind in OwnedResource]: (owner: Person) => Promise<Ids> } = {
  video: videoUnderWay,
  keptVideo: videoUnderWay,
  upload: videoUnderWay,
  playlist,
  comment,
};

/** One of each. */
export async function oneOfEach(owner: Person): Promise<Ids> {
  const things = await Promise.all(Object.values(ownedThings).map((make) => make(owner)));
  return Object.assign({}, ...things);
}
