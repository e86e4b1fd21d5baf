import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { BulkEdit } from '../../../domain/video/edit.ts';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { api } from '../../shared/api.ts';
import { creatorVideosQuery } from '../../shared/video/queries.ts';

/** The service takes so many at a time. */
export const maxSelected = 100;

/** Why a video stays as it was. */
export interface Unchanged {
  readonly title: string;
  readonly sentence: string;
}

/** Makes one change of many videos; answers those that it was not made of. */
export function useBulkEdit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({
      videos,
      change,
    }: {
      readonly videos: readonly CreatorVideo[];
      readonly change: BulkEdit;
    }): Promise<Unchanged[]> => {
      const { results } = await api.content.updateVideos({
        body: { videos: videos.map(({ videoId }) => ({ videoId })), change },
      });
      const titles = new Map(videos.map(({ videoId, title }) => [videoId, title]));
      return results.flatMap(({ videoId, problem }) =>
        problem ? [{ title: titles.get(videoId) ?? videoId, sentence: problem.detail }] : [],
      );
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: creatorVideosQuery.queryKey }),
        queries.invalidateQueries({ queryKey: ['video'] }),
      ]),
  });
}
