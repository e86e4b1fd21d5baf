import { notifications } from '@mantine/notifications';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { PlaylistId, UserId, VideoId } from '../../../domain/ids.ts';
import type { PlaylistVisibility } from '../../../domain/playlists/playlist.ts';
import { api } from '../api.ts';
import { problemSentence } from '../problem-sentence.ts';
import { cardsOf } from '../video/cards.ts';

/** A playlist, or the list that everybody has. */
export type List = PlaylistId | 'watch-later';

const itemsAtOnce = 50;
const listsAtOnce = 50;

/** A playlist as such. */
export const playlistQuery = (playlistId: PlaylistId) =>
  queryOptions({
    queryKey: ['playlist', playlistId],
    queryFn: () => api.playlists.getPlaylist({ params: { playlistId } }),
  });

/** What is in a list, in its order, with the cards of what can be watched. */
export const itemsQuery = (list: List) =>
  infiniteQueryOptions({
    queryKey: ['playlist-items', list],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { limit: itemsAtOnce, ...(pageParam !== undefined && { cursor: pageParam }) };
      const { items, cursor } =
        list === 'watch-later'
          ? await api.playlists.listWatchLater({ query })
          : await api.playlists.listPlaylistItems({ params: { playlistId: list }, query });
      return { items, cursor, cards: await cardsOf(items.map(({ videoId }) => videoId)) };
    },
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
  });

/** The person's playlists, the newest first; of a video that is named, which ones it is in. */
export const ownPlaylistsQuery = (videoId?: VideoId) =>
  infiniteQueryOptions({
    queryKey: ['own-playlists', videoId ?? 'all'],
    initialPageParam: undefined as PlaylistId | undefined,
    queryFn: ({ pageParam }) =>
      api.playlists.listOwnPlaylists({
        query: {
          limit: listsAtOnce,
          ...(pageParam !== undefined && { cursor: pageParam }),
          ...(videoId !== undefined && { videoId }),
        },
      }),
    getNextPageParam: ({ cursor }) => (cursor ?? undefined) as PlaylistId | undefined,
  });

/** The public playlists of somebody, the newest first. */
export const publicPlaylistsQuery = (userId: UserId) =>
  infiniteQueryOptions({
    queryKey: ['public-playlists', userId],
    initialPageParam: undefined as PlaylistId | undefined,
    queryFn: ({ pageParam }) =>
      api.playlists.listPublicPlaylists({
        params: { userId },
        query: { limit: listsAtOnce, ...(pageParam !== undefined && { cursor: pageParam }) },
      }),
    getNextPageParam: ({ cursor }) => (cursor ?? undefined) as PlaylistId | undefined,
  });

/** How much there is to watch later. */
export const watchLaterCountQuery = queryOptions({
  queryKey: ['playlist-items', 'watch-later', 'count'],
  queryFn: async () => (await api.playlists.listWatchLater({ query: { limit: 1 } })).count,
});

export const inWatchLaterQuery = (videoId: VideoId) =>
  queryOptions({
    queryKey: ['in-watch-later', videoId],
    queryFn: async () => (await api.playlists.isInWatchLater({ params: { videoId } })).contains,
  });

const tell = (title: string) => (error: unknown) =>
  notifications.show({ color: 'red', title, message: problemSentence(error) });

/** Whatever shows lists asks anew. */
const listsChanged = (queries: QueryClient) =>
  Promise.all(
    [['own-playlists'], ['public-playlists'], ['playlist'], ['playlist-items'], ['in-watch-later']].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  );

function put(list: List, videoId: VideoId): Promise<undefined> {
  return list === 'watch-later'
    ? api.playlists.addToWatchLater({ params: { videoId } })
    : api.playlists.addToPlaylist({ params: { playlistId: list, videoId } });
}

function take(list: List, videoId: VideoId): Promise<undefined> {
  return list === 'watch-later'
    ? api.playlists.removeFromWatchLater({ params: { videoId } })
    : api.playlists.removeFromPlaylist({ params: { playlistId: list, videoId } });
}

/** Puts a video into a list, or takes it out. */
export function useSave(videoId: VideoId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ list, saved }: { list: List; saved: boolean }) => (saved ? put(list, videoId) : take(list, videoId)),
    onSuccess: () => listsChanged(queries),
    onError: tell('The video was not saved'),
  });
}

export function useTakeOut(list: List) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (videoId: VideoId) => take(list, videoId),
    onSuccess: () => listsChanged(queries),
    onError: tell('The video was not taken out'),
  });
}

export function useMove(playlistId: PlaylistId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ videoId, after }: { videoId: VideoId; after: VideoId | null }) =>
      api.playlists.moveInPlaylist({ params: { playlistId, videoId }, body: { after } }),
    onSettled: () => queries.invalidateQueries({ queryKey: itemsQuery(playlistId).queryKey }),
    onError: tell('The video was not moved'),
  });
}

export interface PlaylistFields {
  readonly title: string;
  readonly description: string;
  readonly visibility: PlaylistVisibility;
}

/** Makes a playlist; a video that is named is put into it. */
export function useCreatePlaylist(videoId?: VideoId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (fields: PlaylistFields) => {
      const made = await api.playlists.createPlaylist({ body: fields });
      if (videoId !== undefined) await put(made.playlistId, videoId);
      return made;
    },
    onSuccess: () => listsChanged(queries),
  });
}

/** `version`: the one that the person has seen; what somebody changed meanwhile is not lost. */
export function useEditPlaylist(playlistId: PlaylistId, version: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: PlaylistFields) =>
      api.playlists.updatePlaylist({ params: { playlistId }, body: fields, ifMatch: version }),
    onSuccess: (playlist) => queries.setQueryData(playlistQuery(playlistId).queryKey, playlist),
    onSettled: () => listsChanged(queries),
  });
}

export function useDeletePlaylist() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (playlistId: PlaylistId) => api.playlists.deletePlaylist({ params: { playlistId } }),
    onSuccess: () =>
      Promise.all([['own-playlists'], ['public-playlists']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
    onError: tell('The playlist was not deleted'),
  });
}
