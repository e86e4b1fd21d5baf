import { Entry } from '../../domain/catalogue/entry.ts';
import type { UserId } from '../../domain/ids.ts';
import { Video } from '../../domain/video/video.ts';
import type { Catalogue } from '../../platform/records/catalogue.ts';
import type { Comments } from '../../platform/records/community/comments.ts';
import { counterFor, type Marks } from '../../platform/records/community/marks.ts';
import type { Counters } from '../../platform/records/counters.ts';
import type { Videos } from '../../platform/records/videos.ts';
import { heatView } from './heat-view.ts';
import type { People } from './people-store.ts';
import { peopleView } from './people-view.ts';
import { recordsView } from './records-view.ts';

/** What can be made anew: entries of videos, entries whose video has gone, names of people, counters and what trends by them. */
export const views = ['entries', 'strays', 'people', 'counters'] as const;

export interface RebuildStores {
  readonly videos: Pick<Videos, 'get'>;
  readonly catalogue: Catalogue;
  readonly people: Pick<People, 'put' | 'remove'>;
  readonly comments: Comments;
  readonly marks: Marks;
  readonly counters: Counters;
}

interface Rebuild {
  /** The table whose items are gone through. */
  readonly from: 'videos' | 'users' | 'catalogue';
  /** Does what one item asks for; whether anything was to do. */
  readonly each: (item: Record<string, unknown>) => Promise<boolean>;
}

export function rebuilding(stores: RebuildStores): Readonly<Record<(typeof views)[number], Rebuild>> {
  const { videos, people, comments, marks, counters } = stores;
  const heat = heatView(stores);
  const records = recordsView({ ...stores, heat });

  return {
    entries: {
      from: 'videos',
      async each(item) {
        const video = Video.safeParse(item).data;
        return video ? records.take(video) : false;
      },
    },
    strays: {
      from: 'catalogue',
      async each(item) {
        const { videoId } = Entry.pick({ videoId: true }).parse(item);
        if (await videos.get(videoId)) return false;
        await records.forget(videoId);
        return true;
      },
    },
    people: {
      from: 'users',
      each: peopleView(people).take,
    },
    counters: {
      from: 'catalogue',
      async each(item) {
        const { videoId, ownerId } = Entry.pick({ videoId: true, ownerId: true }).parse(item);
        const video = { kind: 'video', id: videoId } as const;
        const channel = { kind: 'channel', id: ownerId } as const;
        const wrong = [
          await counters.recount(counterFor(video), () => marks.people(video)),
          await counters.recount(counterFor(channel), () => marks.people(channel)),
          await counters.recount({ name: 'comments', of: videoId }, () => authorsOfShown(comments, videoId)),
        ];
        await heat(videoId);
        return wrong.some((by) => by !== 0);
      },
    },
  };
}

async function* authorsOfShown(comments: Pick<Comments, 'all'>, videoId: Entry['videoId']): AsyncIterable<UserId> {
  for await (const { state, authorId } of comments.all(videoId)) if (state === 'shown' && authorId) yield authorId;
}
