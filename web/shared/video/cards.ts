import { queryOptions } from '@tanstack/react-query';
import type { VideoId } from '../../../domain/ids.ts';
import type { VideoCard } from '../../../domain/video/card.ts';
import { api } from '../api.ts';

/** How many the API gives at once. */
const atOnce = 50;

/** Cards of these videos, by id; those that the person may not watch are absent. */
export const cardsQuery = (videoIds: readonly VideoId[]) => {
  const ids = [...new Set(videoIds)];
  return queryOptions({
    queryKey: ['cards', ...ids],
    staleTime: 60_000,
    queryFn: async (): Promise<ReadonlyMap<VideoId, VideoCard>> => {
      const parts = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, i) =>
        ids.slice(i * atOnce, (i + 1) * atOnce),
      );
      const answers = await Promise.all(
        parts.map((part) => api.streaming.videoCards({ query: { ids: part.join(',') } })),
      );
      return new Map(answers.flatMap(({ cards }) => cards).map((card) => [card.videoId, card]));
    },
  });
};
