import * as z from 'zod';
import { entryOf, showsTheSame } from '../../domain/catalogue/entry.ts';
import { VideoId } from '../../domain/ids.ts';
import { Video } from '../../domain/video/video.ts';
import type { Catalogue } from '../../platform/records/catalogue.ts';
import type { Comments } from '../../platform/records/community/comments.ts';
import type { Marks } from '../../platform/records/community/marks.ts';

export interface RecordsViewStores {
  readonly catalogue: Pick<Catalogue, 'change' | 'remove'>;
  readonly comments: Pick<Comments, 'forget'>;
  readonly marks: Pick<Marks, 'forget'>;
  /** Reckons anew how high a video stands. */
  readonly heat: (videoId: VideoId) => Promise<void>;
}

/** What a change of a record was: the item before and after it; absent: there was none. */
export interface RecordChange {
  readonly before?: unknown;
  readonly after?: unknown;
}

const Named = z.object({ videoId: VideoId });

/** Keeps the catalogue as the records of videos are. Late and repeated changes change nothing. */
export function recordsView({ catalogue, comments, marks, heat }: RecordsViewStores) {
  /** A video that is really gone leaves nothing: neither its entry nor what people said of it. */
  async function forget(videoId: VideoId): Promise<void> {
    await comments.forget(videoId);
    await marks.forget({ kind: 'video', id: videoId });
    await catalogue.remove(videoId);
  }

  /** Writes what lists show of a video now; whether that is other than before. */
  async function take(video: Video): Promise<boolean> {
    let isNew = false;
    let isOther = false;
    await catalogue.change(video.videoId, (known) => {
      const next = entryOf(video, known);
      isNew = known === undefined && next !== undefined;
      isOther = next !== undefined && !showsTheSame(known, next);
      return isOther ? next : undefined;
    });
    // Who had the link may have liked it before it was in any list.
    if (isNew) await heat(video.videoId);
    return isOther;
  }

  return {
    forget,
    take,

    async follow({ before, after }: RecordChange): Promise<'written' | 'same' | 'gone'> {
      const video = Video.safeParse(after).data;
      if (!video) {
        // No record, or what is left of one that was purged.
        await forget(Named.parse(after ?? before).videoId);
        return 'gone';
      }
      const former = Video.safeParse(before).data;
      // Most changes of a record, such as progress, are of no list, and cost nothing here.
      if (former && showsTheSame(entryOf(former, undefined), entryOf(video, undefined))) return 'same';
      return (await take(video)) ? 'written' : 'same';
    },
  };
}
export type RecordsView = ReturnType<typeof recordsView>;
