import { notifications } from '@mantine/notifications';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { VideoId } from '../../../domain/ids.ts';
import { api } from '../../shared/api.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { creatorVideosQuery } from '../../shared/video/queries.ts';

/** The service takes so many at a time. */
export const maxDeleted = 50;

/** The caller's deleted videos that can be had back, the last deleted first. */
export const trashQuery = infiniteQueryOptions({
  queryKey: ['trash'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    api.content.listDeletedVideos({ query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) } }),
  getNextPageParam: ({ cursor }) => cursor ?? undefined,
});

/** Reads anew all that shows videos, or no longer does. */
function useReadAnew() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: creatorVideosQuery.queryKey }),
      queries.invalidateQueries({ queryKey: trashQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ['playback'] }),
    ]);
}

const failed = (title: string) => (error: Error) =>
  notifications.show({ color: 'red', title, message: problemSentence(error) });

/** @throws Error if one of them is not there any more. */
const allDone = ({ refused }: { readonly refused: readonly VideoId[] }) => {
  if (refused.length > 0)
    throw new Error(
      refused.length === 1 ? 'One video is not there any more.' : `${refused.length} videos are not there.`,
    );
};

/** The notice that these have been deleted: no longer true once they are back. */
export const deletionNotice = (videoIds: readonly VideoId[]) => `deleted ${videoIds.join(' ')}`;

/** Has deleted videos back. */
export function useRestore() {
  const readAnew = useReadAnew();
  return useMutation({
    mutationFn: async (videoIds: readonly VideoId[]) =>
      allDone(await api.content.restoreVideos({ body: { videoIds: [...videoIds] } })),
    onSuccess: (_, videoIds) => {
      notifications.hide(deletionNotice(videoIds));
      const message = videoIds.length === 1 ? 'It is among your videos again.' : 'They are among your videos again.';
      notifications.show({ color: 'teal', title: 'Restored', message });
    },
    onError: failed('Not restored'),
    onSettled: readAnew,
  });
}

/** Deletes videos, to be had back. */
export function useDelete() {
  const readAnew = useReadAnew();
  return useMutation({
    mutationFn: async (videoIds: readonly VideoId[]) =>
      allDone(await api.content.deleteVideos({ body: { videoIds: [...videoIds] } })),
    onError: failed('Not deleted'),
    onSettled: readAnew,
  });
}

/** Deletes a video for good. */
export function usePurge() {
  const readAnew = useReadAnew();
  return useMutation({
    mutationFn: (videoId: VideoId) => api.content.purgeVideo({ params: { videoId } }),
    onError: failed('Not deleted'),
    onSettled: readAnew,
  });
}
