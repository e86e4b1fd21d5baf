import { notifications } from '@mantine/notifications';
import {
  type InfiniteData,
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { VideoId } from '../../../domain/ids.ts';
import { isSettled } from '../../../domain/video/life-cycle.ts';
import type { Visibility } from '../../../domain/video/video.ts';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { api } from '../api.ts';
import { pollingIntervalMs } from '../polling.ts';
import { problemSentence } from '../problem-sentence.ts';

const pageSize = 30;
type Page = { videos: CreatorVideo[]; cursor: string | null };

/** The caller's videos, newest first, asked for as often as they are likely to change. Not while the page is hidden. */
export const creatorVideosQuery = infiniteQueryOptions({
  queryKey: ['creator-videos'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }): Promise<Page> =>
    api.content.listCreatorVideos({
      query: { limit: pageSize, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
    }),
  getNextPageParam: ({ cursor }) => cursor ?? undefined,
  refetchInterval: ({ state }) =>
    pollingIntervalMs(state.data?.pages.flatMap(({ videos }) => videos) ?? [], Date.now()),
  refetchOnWindowFocus: 'always',
});

/** One video as its owner sees it. */
export const videoQuery = (videoId: VideoId) =>
  queryOptions({ queryKey: ['video', videoId], queryFn: () => api.content.getVideo({ params: { videoId } }) });

type SeenPlayback = Awaited<ReturnType<typeof api.streaming.playback>> & { readonly updatedAt: number };

/** What a player needs. Asked for again until nothing more will happen by itself. */
export const playbackQuery = (videoId: VideoId) =>
  queryOptions({
    queryKey: ['playback', videoId],
    queryFn: async ({ client }): Promise<SeenPlayback> => {
      const playback = await api.streaming.playback({ params: { videoId } });
      const before = client.getQueryData<SeenPlayback>(['playback', videoId]);
      const moved = before?.state !== playback.state || before.progress !== playback.progress;
      return { ...playback, updatedAt: moved ? Date.now() : before.updatedAt };
    },
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isSettled(data.state) ? false : pollingIntervalMs([data], Date.now()),
    refetchOnWindowFocus: ({ state: { data } }) => (data !== undefined && isSettled(data.state) ? false : 'always'),
  });

/** What is changed beside the video itself, without a form. */
export interface QuickEdit {
  readonly title?: string;
  readonly visibility?: Visibility;
}

/** Changes a video; the page shows the change at once, and takes it back if it is refused. */
export function useEditVideo(videoId: VideoId) {
  const queries = useQueryClient();
  const show = (change: (video: CreatorVideo) => CreatorVideo) => {
    queries.setQueryData<InfiniteData<Page>>(creatorVideosQuery.queryKey, (data) =>
      data === undefined
        ? data
        : {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              videos: page.videos.map((video) => (video.videoId === videoId ? change(video) : video)),
            })),
          },
    );
    queries.setQueryData(videoQuery(videoId).queryKey, (video) => video && change(video));
  };
  return useMutation({
    mutationFn: (edit: QuickEdit) => api.content.updateVideo({ params: { videoId }, body: edit }),
    onMutate: async (edit) => {
      // An answer that was under way would show the old state again.
      await queries.cancelQueries({ queryKey: creatorVideosQuery.queryKey });
      await queries.cancelQueries({ queryKey: videoQuery(videoId).queryKey });
      show((video) => ({ ...video, ...edit }));
    },
    onSuccess: (video) => {
      show(() => video);
      void queries.invalidateQueries({ queryKey: playbackQuery(videoId).queryKey });
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: creatorVideosQuery.queryKey });
      void queries.invalidateQueries({ queryKey: videoQuery(videoId).queryKey });
      notifications.show({ color: 'red', title: 'The change was not saved', message: problemSentence(error) });
    },
  });
}
