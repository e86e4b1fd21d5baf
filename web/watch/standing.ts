import { notifications } from '@mantine/notifications';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { VideoId } from '../../domain/ids.ts';
import { api } from '../shared/api.ts';
import { problemSentence } from '../shared/problem-sentence.ts';

/** What people made of a video, and whose it is. */
export const standingQuery = (videoId: VideoId) =>
  queryOptions({
    queryKey: ['standing', videoId],
    queryFn: () => api.community.videoStanding({ params: { videoId } }),
  });

/** Likes a video or takes it back; the page shows it at once, and takes it back if it is refused. */
export function useLike(videoId: VideoId) {
  const queries = useQueryClient();
  const { queryKey } = standingQuery(videoId);
  return useMutation({
    mutationFn: (liked: boolean) =>
      liked ? api.community.likeVideo({ params: { videoId } }) : api.community.unlikeVideo({ params: { videoId } }),
    onMutate: async (liked) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(
        queryKey,
        (seen) => seen && { ...seen, liked, likes: Math.max(0, seen.likes + (liked ? 1 : -1)) },
      );
      return { before };
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['feed', 'liked'] }),
    onError: (error, _, context) => {
      queries.setQueryData(queryKey, context?.before);
      notifications.show({ color: 'red', title: 'Your like was not saved', message: problemSentence(error) });
    },
  });
}
