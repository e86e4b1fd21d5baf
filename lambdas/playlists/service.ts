import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { BodyOf } from '../../domain/api/route.ts';
import { playlistDeleted } from '../../domain/events/events.ts';
import type { PlaylistId, UserId, VideoId } from '../../domain/ids.ts';
import { maxPlaylistItems, maySeePlaylist, type Playlist } from '../../domain/playlists/playlist.ts';
import { longestRank, rankBetween, rankFirst, rankLast } from '../../domain/playlists/rank.ts';
import type { Publish } from '../../platform/clients/events.ts';
import type { PlaylistItems } from './items.ts';
import type { ItemsPage } from './items-page.ts';
import type { OwnPlaylist, routes, SeenPlaylist } from './routes.ts';
import type { PlaylistStore } from './store.ts';
import type { ListId } from './table.ts';

interface Page {
  readonly limit: number;
  readonly cursor: string | undefined;
}

interface Deps {
  readonly lists: PlaylistStore;
  readonly items: PlaylistItems;
  readonly publish: Publish;
  readonly newId: () => PlaylistId;
}

const notFound = () => problem('playlist-not-found', 'There is no such playlist, or it is private.');
const full = () => problem('playlist-full', `A playlist holds ${maxPlaylistItems} videos. Take some out first.`);
const notInIt = () => problem('playlist-item-not-found', 'The video is not in the playlist. Read it again.');

const seen = (playlist: Playlist, userId: UserId | undefined): SeenPlaylist => ({
  ...playlist,
  owned: playlist.ownerId === userId,
});

/** Lists of videos that people keep. A list holds ids: what may be watched of it, the videos decide. */
export function playlistService({ lists, items, publish, newId }: Deps) {
  const visible = async (playlistId: PlaylistId, caller: Caller | undefined): Promise<Playlist | undefined> => {
    const playlist = await lists.get(playlistId);
    return playlist && maySeePlaylist(playlist, caller?.userId) ? playlist : undefined;
  };

  const pageOf = async (list: ListId, page: Page): Promise<ItemsPage> => {
    const found = await items.list(list, page);
    return { items: found.items.map(({ videoId, addedAt }) => ({ videoId, addedAt })), cursor: found.cursor };
  };

  const add = async (list: ListId, videoId: VideoId, make: 'make' | 'must be there', now: number) => {
    const added = await items.add(list, { videoId, rank: rankLast(now, Math.random()), addedAt: now }, make);
    if (added === 'full') return full();
    return added === 'no list' ? notFound() : undefined;
  };

  /** The rank behind another video, or before all of them; undefined if that one is not in the list. */
  const rankBehind = async (list: ListId, after: VideoId | null, now: number): Promise<string | undefined> => {
    if (after === null) return rankFirst(now, Math.random());
    const before = await items.get(list, after);
    if (before === undefined) return undefined;
    const next = await items.rankAfter(list, before.rank);
    return next === undefined ? rankLast(now, Math.random()) : rankBetween(before.rank, next);
  };

  return {
    ownerOf: async (playlistId: PlaylistId): Promise<UserId | undefined> => (await lists.get(playlistId))?.ownerId,

    async create(ownerId: UserId, body: BodyOf<(typeof routes)['createPlaylist']>, now: number): Promise<SeenPlaylist> {
      const made = { ...body, playlistId: newId(), ownerId, version: 1, count: 0, createdAt: now, updatedAt: now };
      await lists.create(made);
      return seen(made, ownerId);
    },

    async get(playlistId: PlaylistId, caller: Caller | undefined): Promise<SeenPlaylist | Problem> {
      const playlist = await visible(playlistId, caller);
      return playlist ? seen(playlist, caller?.userId) : notFound();
    },

    /** Without `ifMatch` the last writer wins; with it, only who has seen the newest version writes. */
    async update(
      playlistId: PlaylistId,
      caller: Caller,
      edit: BodyOf<(typeof routes)['updatePlaylist']>,
      ifMatch: number | undefined,
      now: number,
    ): Promise<SeenPlaylist | Problem> {
      const changed = await lists.change(playlistId, edit, ifMatch, now);
      if (changed) return seen(changed, caller.userId);
      const current = await lists.get(playlistId);
      return current
        ? problem('version-conflict', 'The playlist has changed meanwhile. Read it again.', {
            version: current.version,
          })
        : notFound();
    },

    /** What is in it is removed by whoever hears of it (clean.ts), who removes the list too if that fails here. */
    async delete(playlistId: PlaylistId): Promise<void> {
      await publish(playlistDeleted, { playlistId });
      await lists.delete(playlistId);
    },

    async listItems(playlistId: PlaylistId, caller: Caller | undefined, page: Page): Promise<ItemsPage | Problem> {
      return (await visible(playlistId, caller)) ? pageOf(playlistId, page) : notFound();
    },

    add: (playlistId: PlaylistId, videoId: VideoId, now: number) => add(playlistId, videoId, 'must be there', now),

    async remove(list: ListId, videoId: VideoId, now: number): Promise<undefined> {
      await items.remove(list, videoId, now);
      return undefined;
    },

    async move(playlistId: PlaylistId, videoId: VideoId, after: VideoId | null, now: number) {
      if (after === videoId) return (await items.get(playlistId, videoId)) ? undefined : notInIt();
      let rank = await rankBehind(playlistId, after, now);
      if (rank !== undefined && rank.length > longestRank) {
        await items.spread(playlistId);
        rank = await rankBehind(playlistId, after, now);
      }
      return rank !== undefined && (await items.setRank(playlistId, videoId, rank)) ? undefined : notInIt();
    },

    async listOwn(
      ownerId: UserId,
      page: Page,
      videoId: VideoId | undefined,
    ): Promise<{ playlists: OwnPlaylist[]; cursor: string | null }> {
      const { playlists, cursor } = await lists.listByOwner(ownerId, page);
      const having =
        videoId &&
        (await lists.containing(
          playlists.map(({ playlistId }) => playlistId),
          videoId,
        ));
      return {
        playlists: playlists.map((playlist) => ({ ...playlist, contains: having?.has(playlist.playlistId) ?? null })),
        cursor,
      };
    },

    listPublic: (ownerId: UserId, page: Page) => lists.listByOwner(ownerId, { ...page, visibility: 'public' }),

    watchLater: {
      async list(userId: UserId, page: Page) {
        const [count, found] = await Promise.all([lists.count(userId), pageOf(userId, page)]);
        return { ...found, count };
      },
      contains: async (userId: UserId, videoId: VideoId) => ({
        contains: (await items.get(userId, videoId)) !== undefined,
      }),
      add: (userId: UserId, videoId: VideoId, now: number) => add(userId, videoId, 'make', now),
    },
  };
}
