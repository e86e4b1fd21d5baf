import * as z from 'zod';
import { anyone, owner, signedIn } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { PlaylistId, UserId, VideoId } from '../../domain/ids.ts';
import { Playlist, PlaylistDescription, PlaylistTitle, PlaylistVisibility } from '../../domain/playlists/playlist.ts';
import { ItemsPage, ItemsQuery } from './items-page.ts';
import { watchLaterRoutes } from './watch-later-routes.ts';

/** A playlist as the caller sees it. */
export const SeenPlaylist = Playlist.extend({
  /** Whether it is the caller's. */
  owned: z.boolean(),
});
export type SeenPlaylist = z.infer<typeof SeenPlaylist>;

/** One of the caller's lists, and whether the video that they asked about is in it. */
export const OwnPlaylist = Playlist.extend({ contains: z.boolean().nullable() });
export type OwnPlaylist = z.infer<typeof OwnPlaylist>;

const ListsQuery = z.object({
  cursor: PlaylistId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

const params = z.object({ playlistId: PlaylistId });
const itemParams = params.extend({ videoId: VideoId });
const ofOwner = owner('playlist', 'playlistId', 'moderator', 'admin');
const read = { ratePerSecond: 500, burst: 1000 } as const;
const write = { ratePerSecond: 200, burst: 400 } as const;

export const routes = {
  createPlaylist: route({
    method: 'POST',
    path: '/playlists',
    precondition: 'version',
    summary: 'Make a playlist',
    access: signedIn,
    throttle: write,
    limits: writing,
    idempotency: 'key',
    body: z.strictObject({
      title: PlaylistTitle,
      description: PlaylistDescription.default(''),
      visibility: PlaylistVisibility.default('private'),
    }),
    answer: { status: 201, body: SeenPlaylist },
    problems: [],
  }),
  getPlaylist: route({
    method: 'GET',
    path: '/playlists/{playlistId}',
    precondition: 'version',
    summary: 'A playlist, for whoever may see it',
    access: anyone,
    throttle: read,
    limits: reading,
    params,
    answer: { status: 200, body: SeenPlaylist },
    problems: ['playlist-not-found'],
  }),
  updatePlaylist: route({
    method: 'PATCH',
    path: '/playlists/{playlistId}',
    precondition: 'version',
    summary: 'Change title, description or visibility',
    access: ofOwner,
    throttle: write,
    limits: writing,
    params,
    body: z.strictObject({
      title: PlaylistTitle.optional(),
      description: PlaylistDescription.optional(),
      visibility: PlaylistVisibility.optional(),
    }),
    answer: { status: 200, body: SeenPlaylist },
    problems: ['playlist-not-found', 'version-conflict'],
  }),
  deletePlaylist: route({
    method: 'DELETE',
    path: '/playlists/{playlistId}',
    summary: 'Delete a playlist; its videos stay',
    access: ofOwner,
    throttle: write,
    limits: writing,
    params,
    answer: { status: 204, body: nothing },
    problems: ['playlist-not-found'],
  }),
  listPlaylistItems: route({
    method: 'GET',
    path: '/playlists/{playlistId}/items',
    summary: 'The videos of a playlist, in their order; what the caller may not watch of them has no card',
    access: anyone,
    throttle: read,
    limits: reading,
    params,
    query: ItemsQuery,
    answer: { status: 200, body: ItemsPage },
    problems: ['playlist-not-found'],
  }),
  addToPlaylist: route({
    method: 'PUT',
    path: '/playlists/{playlistId}/items/{videoId}',
    summary: 'Add a video at the end; one that is in it stays where it is',
    access: owner('playlist', 'playlistId'),
    throttle: write,
    limits: writing,
    params: itemParams,
    answer: { status: 204, body: nothing },
    problems: ['playlist-not-found', 'playlist-full'],
  }),
  removeFromPlaylist: route({
    method: 'DELETE',
    path: '/playlists/{playlistId}/items/{videoId}',
    summary: 'Take a video out; repeating it changes nothing',
    access: ofOwner,
    throttle: write,
    limits: writing,
    params: itemParams,
    answer: { status: 204, body: nothing },
    problems: ['playlist-not-found'],
  }),
  moveInPlaylist: route({
    method: 'PUT',
    path: '/playlists/{playlistId}/items/{videoId}/position',
    summary: 'Move a video behind another one, or to the beginning',
    access: owner('playlist', 'playlistId'),
    throttle: write,
    limits: writing,
    params: itemParams,
    body: z.strictObject({ after: VideoId.nullable() }),
    answer: { status: 204, body: nothing },
    problems: ['playlist-not-found', 'playlist-item-not-found'],
  }),
  listOwnPlaylists: route({
    method: 'GET',
    path: '/me/playlists',
    summary: 'The playlists of the caller, the newest first; of a video that is named, which ones it is in',
    access: signedIn,
    throttle: read,
    limits: reading,
    query: ListsQuery.extend({ videoId: VideoId.optional() }),
    answer: { status: 200, body: z.object({ playlists: z.array(OwnPlaylist), cursor: z.string().nullable() }) },
    problems: [],
  }),
  listPublicPlaylists: route({
    method: 'GET',
    path: '/channels/{userId}/playlists',
    summary: 'The public playlists of somebody, the newest first; a page may be short and yet have a cursor',
    access: anyone,
    throttle: read,
    limits: reading,
    params: z.object({ userId: UserId }),
    query: ListsQuery,
    answer: { status: 200, body: z.object({ playlists: z.array(Playlist), cursor: z.string().nullable() }) },
    problems: [],
  }),
  ...watchLaterRoutes,
} satisfies Routes;
