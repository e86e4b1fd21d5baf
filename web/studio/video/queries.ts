import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../client/client.ts';
import type { VideoId } from '../../../domain/ids.ts';
import type { VideoEdit } from '../../../domain/video/edit.ts';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { api } from '../../shared/api.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { creatorVideosQuery, playbackQuery, videoQuery } from '../../shared/video/queries.ts';

export interface Save {
  readonly edit: VideoEdit;
  /** The version that the edit was made of. */
  readonly version: number;
}

/** Saves an edit if nobody else has changed the video; else answers what it has become meanwhile. */
export function useSaveVideo(videoId: VideoId) {
  const queries = useQueryClient();
  const params = { videoId };
  return useMutation({
    mutationFn: async ({ edit, version }: Save): Promise<{ saved: boolean; video: CreatorVideo }> => {
      try {
        return { saved: true, video: await api.content.updateVideo({ params, body: edit, ifMatch: version }) };
      } catch (error) {
        if (!(error instanceof ApiError && error.problem.code === 'version-conflict')) throw error;
        return { saved: false, video: await api.content.getVideo({ params }) };
      }
    },
    onSuccess: ({ video }) => {
      queries.setQueryData(videoQuery(videoId).queryKey, video);
      void queries.invalidateQueries({ queryKey: creatorVideosQuery.queryKey });
      void queries.invalidateQueries({ queryKey: playbackQuery(videoId).queryKey });
    },
  });
}

/** Gets the uploaded file back: the browser saves it while the page stays. */
export function useDownloadSource(videoId: VideoId) {
  return useMutation({
    mutationFn: () => api.content.getSource({ params: { videoId } }),
    onSuccess: ({ url }) => location.assign(url),
    onError: (error) =>
      notifications.show({ color: 'red', title: 'The file cannot be downloaded', message: problemSentence(error) }),
  });
}
