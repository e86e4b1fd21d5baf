import { beforeAll, describe, expect, it } from 'vitest';
import type { SluiceClient } from '../../client/client.ts';
import { videoPurged } from '../../domain/events/events.ts';
import type { PlaylistId, VideoId } from '../../domain/ids.ts';
import { rankLast } from '../../domain/playlists/rank.ts';
import { playlistItems } from '../../lambdas/playlists/items.ts';
import { newVideoId } from '../../platform/ids.ts';
import { keepsAnything } from '../../platform/personal/personal.ts';
import { personalPlaylists } from '../../platform/personal/playlists.ts';
import { refusalOf } from '../commands/calls.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { dynamo, itemsOfTable, tableNamed, toldAbout } from '../commands/tables.ts';
import { tell } from '../commands/told-events.ts';

/** Everything in a list, page by page. */
async function all(client: SluiceClient, playlistId: PlaylistId): Promise<VideoId[]> {
  const found: VideoId[] = [];
  let cursor: string | null = null;
  do {
    const page = await client.playlists.listPlaylistItems({
      params: { playlistId },
      query: { limit: 20, ...(cursor !== null && { cursor }) },
    });
    found.push(...page.items.map(({ videoId }) => videoId));
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}

let ada: Person;
let bob: Person;
beforeAll(async () => {
  [ada, bob] = await Promise.all([newCreator(), newCreator()]);
});
const create = async (visibility: 'public' | 'unlisted' | 'private') =>
  (await ada.client.playlists.createPlaylist({ body: { title: `A ${visibility} list`, visibility } })).playlistId;

describe('a playlist', () => {
  it('has every video that fifty writers add at once, once each, and is counted exactly', async () => {
    const { playlists } = ada.client;
    const playlistId = await create('private');
    const videos = Array.from({ length: 25 }, newVideoId);
    // At the table itself: fifty calls at once would be fifty functions that start.
    const items = playlistItems(dynamo(), await tableNamed('LibraryPlaylists'));
    const added = await Promise.all(
      [...videos, ...videos].map((videoId) =>
        items.add(
          playlistId,
          { videoId, rank: rankLast(Date.now(), Math.random()), addedAt: Date.now() },
          'must be there',
        ),
      ),
    );
    expect(added.filter((how) => how === 'added')).toHaveLength(25);
    await playlists.addToPlaylist({ params: { playlistId, videoId: videos[0] as VideoId } });
    expect((await all(ada.client, playlistId)).toSorted()).toEqual(videos.toSorted());
    expect((await playlists.getPlaylist({ params: { playlistId } })).count).toBe(25);

    const [a, b, c] = (await all(ada.client, playlistId)) as [VideoId, VideoId, VideoId];
    const move = (videoId: VideoId, after: VideoId | null) =>
      playlists.moveInPlaylist({ params: { playlistId, videoId }, body: { after } });
    await move(c, null);
    await move(a, b);
    expect((await all(ada.client, playlistId)).slice(0, 3)).toEqual([c, b, a]);
    expect(await refusalOf(move(newVideoId(), a))).toMatchObject({ code: 'playlist-item-not-found' });

    const gone = videos.slice(0, 10);
    await Promise.all([...gone, ...gone].map((videoId) => items.remove(playlistId, videoId, Date.now())));
    await playlists.removeFromPlaylist({ params: { playlistId, videoId: gone[0] as VideoId } });
    expect((await playlists.getPlaylist({ params: { playlistId } })).count).toBe(15);
    expect(await all(ada.client, playlistId)).toHaveLength(15);

    await playlists.deletePlaylist({ params: { playlistId } });
    expect(await refusalOf(playlists.getPlaylist({ params: { playlistId } }))).toMatchObject({
      code: 'playlist-not-found',
    });
    const left = async () =>
      (await itemsOfTable('LibraryPlaylists')).filter((item) => item['playlistId'] === playlistId);
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
  });

  it('is seen by whom its owner lets see it, and changed by who has seen its newest version', async () => {
    const [isPublic, unlisted, isPrivate] = await Promise.all([
      create('public'),
      create('unlisted'),
      create('private'),
    ]);
    const get = (who: Person, playlistId: PlaylistId) => who.client.playlists.getPlaylist({ params: { playlistId } });
    expect(await get(bob, isPublic)).toMatchObject({ owned: false });
    expect(await get(bob, unlisted)).toMatchObject({ owned: false });
    expect(await refusalOf(get(bob, isPrivate))).toMatchObject({ code: 'playlist-not-found' });
    expect(await refusalOf(all(bob.client, isPrivate))).toMatchObject({ code: 'playlist-not-found' });
    const listed = await bob.client.playlists.listPublicPlaylists({ params: { userId: ada.userId } });
    expect(listed.playlists.map(({ playlistId }) => playlistId)).toEqual([isPublic]);

    const videoId = newVideoId();
    await ada.client.playlists.addToPlaylist({ params: { playlistId: unlisted, videoId } });
    const own = await ada.client.playlists.listOwnPlaylists({ query: { videoId } });
    expect(own.playlists.filter(({ contains }) => contains).map(({ playlistId }) => playlistId)).toEqual([unlisted]);

    const rename = (title: string, ifMatch: number) =>
      ada.client.playlists.updatePlaylist({ params: { playlistId: isPrivate }, body: { title }, ifMatch });
    expect(await rename('Renamed', 1)).toMatchObject({ title: 'Renamed', version: 2 });
    expect(await refusalOf(rename('Again', 1))).toMatchObject({ code: 'version-conflict' });
  });

  it('to watch later is there for everybody, and nobody else’s', async () => {
    const { playlists } = ada.client;
    const [first, second] = [newVideoId(), newVideoId()];
    for (const videoId of [first, second, first]) await playlists.addToWatchLater({ params: { videoId } });
    expect(await playlists.listWatchLater()).toMatchObject({
      count: 2,
      items: [{ videoId: first }, { videoId: second }],
    });
    expect(await playlists.isInWatchLater({ params: { videoId: first } })).toEqual({ contains: true });
    await playlists.removeFromWatchLater({ params: { videoId: first } });
    expect(await playlists.listWatchLater()).toMatchObject({ count: 1, items: [{ videoId: second }] });
    expect(await bob.client.playlists.listWatchLater()).toMatchObject({ count: 0, items: [] });
  });

  it('loses a video that is purged, and counts one less', async () => {
    const { playlists } = ada.client;
    const [playlistId, purged, stays] = [await create('public'), newVideoId(), newVideoId()];
    for (const videoId of [purged, stays]) await playlists.addToPlaylist({ params: { playlistId, videoId } });
    await playlists.addToWatchLater({ params: { videoId: purged } });
    await tell(videoPurged, { videoId: purged, ownerId: bob.userId });
    const holds = async () => JSON.stringify(await itemsOfTable('LibraryPlaylists')).includes(purged);
    await expect.poll(holds, { timeout: 20_000 }).toBe(false);
    expect(await all(ada.client, playlistId)).toEqual([stays]);
    expect((await playlists.getPlaylist({ params: { playlistId } })).count).toBe(1);
  });

  it('goes with all that is in it when its owner does, and so does what they wanted to watch later', async () => {
    const carol = await newCreator();
    const videoId = newVideoId();
    const { playlistId } = await carol.client.playlists.createPlaylist({ body: { title: 'Hers' } });
    await carol.client.playlists.addToPlaylist({ params: { playlistId, videoId } });
    await carol.client.playlists.addToWatchLater({ params: { videoId } });
    const store = personalPlaylists(dynamo(), await tableNamed('LibraryPlaylists'));
    const told = await toldAbout(store, carol.userId);
    expect(told.filter((item) => item['kind'] === 'playlist item')).toHaveLength(2);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'playlist', title: 'Hers', count: 1 }));
    await store.erase(carol.userId, Date.now());
    expect(await keepsAnything(store, carol.userId)).toBe(false);
    const left = await itemsOfTable('LibraryPlaylists');
    expect(JSON.stringify(left)).not.toContain(carol.userId);
    expect(JSON.stringify(left)).not.toContain(playlistId);
  });
});
