import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { VideoId } from '../../../domain/ids.ts';
import type { PosterChoice } from '../../../domain/video/poster.ts';
import { api } from '../../shared/api.ts';
import { creatorVideosQuery, playbackQuery } from '../../shared/video/queries.ts';
import { sha256 } from '../uploads/checksum.ts';
import { pauseBeforeRetry } from '../uploads/pause-before-retry.ts';
import { putPart } from '../uploads/put-part.ts';
import { retrying } from '../uploads/retrying.ts';

/** A worker takes about a second for a picture. */
const pendingIntervalMs = 700;

/** What may stand for a video; asked for again while a picture is on its way. */
export const postersQuery = (videoId: VideoId) =>
  queryOptions({
    queryKey: ['posters', videoId],
    queryFn: () => api.content.listPosters({ params: { videoId } }),
    refetchInterval: ({ state: { data } }) => (data?.sent?.state === 'pending' ? pendingIntervalMs : false),
  });

/** Has everything that shows the poster of a video ask for it again. */
export function usePosterChanged(videoId: VideoId) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: postersQuery(videoId).queryKey }),
      queries.invalidateQueries({ queryKey: creatorVideosQuery.queryKey }),
      queries.invalidateQueries({ queryKey: playbackQuery(videoId).queryKey }),
    ]);
}

export function useChoosePoster(videoId: VideoId) {
  const changed = usePosterChanged(videoId);
  return useMutation({
    mutationFn: (choice: PosterChoice) => api.content.choosePoster({ params: { videoId }, body: choice }),
    onSettled: changed,
  });
}

/** Sends a picture; when it has arrived, a worker makes the poster of it. */
export function useSendPicture(videoId: VideoId) {
  const changed = usePosterChanged(videoId);
  return useMutation({
    mutationFn: async (file: File) => {
      const { signal } = new AbortController();
      const body = { contentType: file.type, sizeBytes: file.size, checksum: await sha256(file) };
      const send = async () => {
        const { pictureId, ...signed } = await api.content.signPicture({ params: { videoId }, body });
        await putPart(signed, file, signal, () => undefined);
        await api.content.beginPicture({ params: { videoId, pictureId } });
      };
      await retrying(send, signal, pauseBeforeRetry);
    },
    onSettled: changed,
  });
}
