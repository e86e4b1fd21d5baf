import * as z from 'zod';
import { type Entry, entryOf } from '../../domain/catalogue/entry.ts';
import { VideoId } from '../../domain/ids.ts';
import { Video } from '../../domain/video/video.ts';
import type { Catalogue } from '../../platform/records/catalogue.ts';
import type { Comments } from '../../platform/records/community/comments.ts';
import type { Marks } from '../../platform/records/community/marks.ts';

export interface RecordsViewStores {
  readonly catalogue: Pick<Catalogue, 'change' | 'remove'>;
  readonly comments: Pick<Comments, 'forget'>;
  readonly marks: Pick<Marks, 'forget'>;
}

/** What a change of a record was: the item before and after it; absent: there was none. */
export interface RecordChange {
  readonly before?: unknown;
  readonly after?: unknown;
}

const Named = z.object({ videoId: VideoId });

const sameButVersion = (a: Entry, b: Entry) =>
  JSON.stringify({ ...a, version: 0, publicSince: 0, listedAt: 0 }) ===
  JSON.stringify({ ...b, version: 0, publicSince: 0, listedAt: 0 });

/** Keeps the catalogue as the records of videos are. Late and repeated changes change nothing. */
export function recordsView({ catalogue, comments, marks }: RecordsViewStores) {
  return {
    async follow({ before, after }: RecordChange): Promise<'written' | 'same' | 'gone'> {
      const video = Video.safeParse(after);
      if (!video.success) {
        // No record, or what is left of one that was purged.
        await this.forget(Named.parse(after ?? before).videoId);
        return 'gone';
      }
      const former = Video.safeParse(before);
      const { updatedAt } = video.data;
      const entry = entryOf(video.data, undefined, updatedAt);
      const earlier = former.success ? entryOf(former.data, undefined, updatedAt) : undefined;
      // Most changes of a record, such as progress, are of no list.
      if (entry && earlier && sameButVersion(entry, earlier)) return 'same';
      await catalogue.change(video.data.videoId, (known) => entryOf(video.data, known, updatedAt));
      return 'written';
    },

    /** A video that is really gone leaves nothing: neither its entry nor what people said of it. */
    async forget(videoId: VideoId): Promise<void> {
      await comments.forget(videoId);
      await marks.forget({ kind: 'video', id: videoId });
      await catalogue.remove(videoId);
    },
  };
}
export type RecordsView = ReturnType<typeof recordsView>;
