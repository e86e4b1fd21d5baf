import * as z from 'zod';
import { UserId, VideoId } from '../ids.ts';
import { Category } from '../video/metadata.ts';
import { posterPath } from '../video/poster.ts';
import { type Video, VideoState, Visibility } from '../video/video.ts';
import { watchedAttempt } from '../video/watched.ts';
import { heat } from './heat.ts';
import { type Position, positionOf } from './position.ts';

/** What the catalogue knows of a video: enough for lists, and to say who may watch it. A view of its record. */
export const Entry = z.object({
  videoId: VideoId,
  ownerId: UserId,
  title: z.string(),
  /** Path of the poster on the site. */
  poster: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  category: Category.optional(),
  visibility: Visibility,
  state: VideoState,
  publishAt: z.int().optional(),
  /** Since when it has been public and had something to watch, for the first time (ms). */
  publicSince: z.int().optional(),
  /** When it came into the lists, or will (ms); absent: it is in none. */
  listedAt: z.int().optional(),
  /** Of the record that this was made of. */
  version: z.int(),
  /** What people have given it: makes it trend. */
  points: z.int().nonnegative(),
});
export type Entry = z.infer<typeof Entry>;

/** Only public videos are in lists, and only those that can be watched. */
const isListed = (video: Video) => video.visibility === 'public' && watchedAttempt(video) !== undefined;

/**
 * The entry of a video's record, after the one that is `known`; undefined if that one is as new. `since` (ms): when a video
 * that has not been public before became so.
 */
export function entryOf(video: Video, known: Entry | undefined, since: number): Entry | undefined {
  if (known && known.version >= video.version) return undefined;
  const listed = isListed(video);
  const publicSince = known?.publicSince ?? (listed ? since : undefined);
  return {
    videoId: video.videoId,
    ownerId: video.ownerId,
    title: video.title,
    poster: posterPath(video),
    durationSeconds: video.durationSeconds ?? null,
    ...(video.category !== undefined && { category: video.category }),
    visibility: video.visibility,
    state: video.state,
    ...(video.publishAt !== undefined && { publishAt: video.publishAt }),
    ...(publicSince !== undefined && { publicSince }),
    ...(listed && publicSince !== undefined && { listedAt: Math.max(publicSince, video.publishAt ?? 0) }),
    version: video.version,
    points: known?.points ?? 0,
  };
}

/** The lists that an entry is in, and where: what the table's indexes are made of. Not in a list: no such field. */
export interface Shelves {
  /** All that is listed, by time and by heat. */
  readonly feed?: 'public';
  /** Those of one channel, by time. */
  readonly channel?: UserId;
  /** Those of one category, by time and by heat. */
  readonly shelf?: Category;
  readonly listed?: Position;
  readonly standing?: Position;
}

export function shelvesOf({ videoId, ownerId, category, listedAt, points }: Entry): Shelves {
  if (listedAt === undefined) return {};
  const standing = heat(points, listedAt);
  return {
    feed: 'public',
    channel: ownerId,
    ...(category !== undefined && { shelf: category }),
    listed: positionOf(listedAt, videoId),
    ...(standing !== undefined && { standing: positionOf(standing, videoId) }),
  };
}
