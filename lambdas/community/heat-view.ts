import { pointsFor } from '../../domain/catalogue/heat.ts';
import { VideoId } from '../../domain/ids.ts';
import type { Catalogue } from '../../platform/records/catalogue.ts';
import { type Counters, counterOf } from '../../platform/records/counters.ts';

/** The videos whose likes or comments these items of the community table count, each once. */
export function countedVideos(partitionKeys: readonly string[]): VideoId[] {
  const ids = partitionKeys.map(counterOf).flatMap((counter) => VideoId.safeParse(counter?.of).data ?? []);
  return [...new Set(ids)];
}

/** Keeps what trends as people like and comment. Counts are read, not added up: what comes twice changes nothing. */
export const heatView =
  ({
    counters,
    catalogue,
  }: {
    readonly counters: Pick<Counters, 'read'>;
    readonly catalogue: Pick<Catalogue, 'change'>;
  }) =>
  async (videoId: VideoId): Promise<void> => {
    const [likes, comments] = await Promise.all([
      counters.read({ name: 'likes', of: videoId }),
      counters.read({ name: 'comments', of: videoId }),
    ]);
    const points = pointsFor({ likes, comments });
    await catalogue.change(videoId, (known) => (known && known.points !== points ? { ...known, points } : undefined));
  };
