import type { VideoId } from '../../../domain/ids.ts';
import type { VideoCard } from '../../../domain/video/card.ts';
import { api } from '../api.ts';

/** How many the API gives at once. */
const atOnce = 50;

/** Cards by the ids of their videos; those that the person may not watch are absent. */
export type Cards = ReadonlyMap<VideoId, VideoCard>;

/** Asks for the cards of these videos, however many. */
export async function cardsOf(videoIds: readonly VideoId[]): Promise<Cards> {
  const ids = [...new Set(videoIds)];
  const parts = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, i) =>
    ids.slice(i * atOnce, (i + 1) * atOnce).join(','),
  );
  const answers = await Promise.all(parts.map((part) => api.streaming.videoCards({ query: { ids: part } })));
  return new Map(answers.flatMap(({ cards }) => cards).map((card) => [card.videoId, card]));
}
