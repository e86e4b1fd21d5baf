import type { Caller } from '../../domain/access/policy.ts';
import type { VideoId } from '../../domain/ids.ts';
import { cardOf, type VideoCard } from '../../domain/video/card.ts';
import { mayWatch } from '../../domain/video/visibility.ts';
import type { ReadCards } from '../../platform/records/cards.ts';

/** Cards of videos for lists that hold only ids. A video that the caller may not watch is left out like one that is not there. */
export const cardsService = (read: ReadCards) => ({
  async cards(videoIds: readonly VideoId[], caller: Caller | undefined, now: number): Promise<{ cards: VideoCard[] }> {
    const found = new Map((await read(videoIds)).map((video) => [video.videoId, video]));
    const cards = videoIds.flatMap((videoId) => {
      const video = found.get(videoId);
      return video && mayWatch(video, caller, now) ? [cardOf(video)] : [];
    });
    return { cards };
  },
});
