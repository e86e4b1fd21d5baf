import pMap from 'p-map';
import type { Caller } from '../../domain/access/policy.ts';
import { mergeNewest } from '../../domain/catalogue/merge.ts';
import { type Position, positionOf } from '../../domain/catalogue/position.ts';
import { UserId, VideoId } from '../../domain/ids.ts';
import { cardOf, type VideoCard } from '../../domain/video/card.ts';
import type { Category } from '../../domain/video/metadata.ts';
import { mayWatch } from '../../domain/video/visibility.ts';
import type { ReadCards } from '../../platform/records/cards.ts';
import type { Catalogue, Listed } from '../../platform/records/catalogue.ts';
import type { Marks } from '../../platform/records/community/marks.ts';
import { type People, unknownPerson } from './people-store.ts';
import type { FeedVideo } from './routes.ts';

export interface FeedStores {
  readonly catalogue: Pick<Catalogue, 'list'>;
  readonly readCards: ReadCards;
  readonly marks: Pick<Marks, 'list'>;
  readonly people: Pick<People, 'cards'>;
}

interface Page {
  readonly cursor?: Position | undefined;
  readonly limit: number;
}

/** A feed is merged from the newest subscriptions, so many at most (docs/decisions/0034). */
const followedChannels = 200;
/** So many channels are asked at the same moment. */
const askedAtOnce = 25;

/** Lists of videos for everybody: the catalogue, by what it is sorted. */
export function feedService({ catalogue, readCards, marks, people }: FeedStores) {
  async function withChannels(videos: readonly VideoCard[]): Promise<FeedVideo[]> {
    const cards = await people.cards(videos.map(({ ownerId }) => ownerId));
    return videos.map((video) => ({ ...video, channel: cards.get(video.ownerId) ?? unknownPerson(video.ownerId) }));
  }
  const listed = (entries: readonly Listed[]) =>
    withChannels(entries.map((entry) => ({ ...entry, publishedAt: entry.listedAt })));

  return {
    async feed(
      { kind, category, cursor, limit }: Page & { kind: 'recent' | 'trending'; category?: Category | undefined },
      now: number,
    ) {
      const page = { now, below: cursor, limit };
      const isRecent = kind === 'recent';
      const found =
        category === undefined
          ? await catalogue.list(isRecent ? 'byTime' : 'byHeat', 'public', page)
          : await catalogue.list(isRecent ? 'byShelf' : 'byShelfHeat', category, page);
      const last = found.length < limit ? undefined : found.at(-1);
      // By heat, what is to come out later may stand high already.
      const out = found.filter(({ listedAt }) => listedAt <= now);
      return { videos: await listed(out), cursor: (isRecent ? last?.listed : last?.standing) ?? null };
    },

    async channel(userId: UserId, { cursor, limit }: Page, now: number) {
      const found = await catalogue.list('byChannel', userId, { now, below: cursor, limit });
      const last = found.length < limit ? undefined : found.at(-1);
      return { videos: await listed(found), cursor: last?.listed ?? null };
    },

    /** Fan-in on read: a page of each channel, merged. What has been made private is out of it at once. */
    async subscriptions({ cursor, limit }: Page, caller: Caller, now: number) {
      const followed = await marks.list('channel', caller.userId, followedChannels);
      const lists = await pMap(
        followed.marks,
        async ({ id }) => {
          const found = await catalogue.list('byChannel', id, { now, below: cursor, limit });
          return found.map((entry) => ({
            ...entry,
            position: entry.listed ?? positionOf(entry.listedAt, entry.videoId),
          }));
        },
        { concurrency: askedAtOnce },
      );
      const merged = mergeNewest(lists, limit);
      return { videos: await listed(merged.items), cursor: merged.cursor };
    },

    /** Videos that the caller may no longer watch are passed over. */
    async liked({ cursor, limit }: Page, caller: Caller, now: number) {
      const page = await marks.list('video', caller.userId, limit, cursor);
      const ids = page.marks.map(({ id }) => VideoId.parse(id));
      const records = ids.length === 0 ? [] : await readCards(ids);
      const found = new Map(records.map((video) => [video.videoId, video]));
      const watchable = ids
        .flatMap((id) => found.get(id) ?? [])
        .filter((video) => mayWatch(video, caller, now))
        .map(cardOf);
      return { videos: await withChannels(watchable), cursor: page.cursor };
    },

    async subscribed({ cursor, limit }: Page, caller: Caller) {
      const page = await marks.list('channel', caller.userId, limit, cursor);
      const channels = page.marks.map(({ id, since }) => ({ userId: UserId.parse(id), since }));
      const cards = await people.cards(channels.map(({ userId }) => userId));
      return {
        channels: channels.map(({ userId, since }) => ({ ...(cards.get(userId) ?? unknownPerson(userId)), since })),
        cursor: page.cursor,
      };
    },
  };
}
