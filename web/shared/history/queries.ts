import { notifications } from '@mantine/notifications';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { urlOf } from '../../../client/client.ts';
import { registry } from '../../../client/registry.ts';
import type { Position } from '../../../domain/history/position.ts';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { api } from '../api.ts';
import { problemSentence } from '../problem-sentence.ts';
import { cardsOf } from '../video/cards.ts';
import { localPositions } from './local-positions.ts';

const pageSize = 50;

/** What the person has watched, the last viewing first, with the cards of what can still be watched. */
export const historyQuery = infiniteQueryOptions({
  queryKey: ['history'],
  initialPageParam: undefined as string | undefined,
  queryFn: async ({ pageParam }) => {
    const query = { limit: pageSize, ...(pageParam !== undefined && { cursor: pageParam }) };
    const page = await api.history.listHistory({ query });
    return { ...page, cards: await cardsOf(page.videos.map(({ videoId }) => videoId)) };
  },
  getNextPageParam: ({ cursor }) => cursor ?? undefined,
});

/** How far the person is in a video. Asked anew at each viewing. */
export const positionQuery = (videoId: VideoId) =>
  queryOptions({
    queryKey: ['position', videoId],
    queryFn: () => api.history.getPosition({ params: { videoId } }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });

/** Hands a position to the site. A page that goes away has no time to refresh its session: then it is sent as it is. */
export async function sendPosition({ videoId, ...body }: Position, leaving: boolean): Promise<boolean> {
  try {
    if (leaving) {
      const url = urlOf(location.origin, registry.history.savePosition, { params: { videoId } });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(url, { method: 'PUT', keepalive: true, headers, body: JSON.stringify(body) })).ok;
    }
    await api.history.savePosition({ params: { videoId }, body });
    return true;
  } catch {
    // It stays in the browser, unsent, and is sent with the next one or when the connection is back.
    return false;
  }
}

const shown = (queries: QueryClient) => queries.invalidateQueries({ queryKey: historyQuery.queryKey });
const tell = (error: unknown) =>
  notifications.show({ color: 'red', title: 'The history was not changed', message: problemSentence(error) });

export function useRemoveFromHistory(userId: UserId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (videoId: VideoId) => api.history.removeFromHistory({ params: { videoId } }),
    onSuccess: (_, videoId) => {
      localPositions(localStorage, userId).forget(videoId);
      queries.setQueryData(
        historyQuery.queryKey,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              videos: page.videos.filter((video) => video.videoId !== videoId),
            })),
          },
      );
    },
    onError: tell,
  });
}

export function useClearHistory(userId: UserId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.history.clearHistory(),
    onSuccess: () => {
      localPositions(localStorage, userId).clear();
      return shown(queries);
    },
    onError: tell,
  });
}

export function usePauseHistory() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => api.history.setHistory({ body: { paused } }),
    onSuccess: () => shown(queries),
    onError: tell,
  });
}
