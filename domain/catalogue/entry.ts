import * as z from 'zod';
import { UserId, VideoId } from '../ids.ts';
import { Category } from '../video/metadata.ts';
import { posterPath } from '../video/poster.ts';
import { listing } from '../video/publication.ts';
import { type Video, Visibility } from '../video/video.ts';
import { heat } from './heat.ts';
import { type Position, positionOf } from './position.ts';

/** What lists show of a video: a view of its record. Who may watch is not asked of it; the record says. */
export const Entry = z.object({
  videoId: VideoId,
  ownerId: UserId,
  title: z.string(),
  /** Path of the poster on the site. */
  poster: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  category: Category.optional(),
  visibility: Visibility,
  /** When it came into the lists, or will (ms); absent: it is in none. */
  listedAt: z.int().optional(),
  /** Of the record that this was made of. */
  version: z.int(),
  /** What people have given it: makes it trend. */
  points: z.int().nonnegative(),
});
export type Entry = z.infer<typeof Entry>;

/**
 * The entry of a video's record, after the one that is `known`. Undefined: that one is as new, or the video is in no list and
 * has never been.
 */
export function entryOf(video: Video, known: Entry | undefined): Entry | undefined {
  if (known && known.version >= video.version) return undefined;
  const listedAt = listing(video)?.listedAt;
  if (listedAt === undefined && known === undefined) return undefined;
  return {
    videoId: video.videoId,
    ownerId: video.ownerId,
    title: video.title,
    poster: posterPath(video),
    durationSeconds: video.durationSeconds ?? null,
    ...(video.category !== undefined && { category: video.category }),
    visibility: video.visibility,
    ...(listedAt !== undefined && { listedAt }),
    version: video.version,
    points: known?.points ?? 0,
  };
}

/** Whether lists would show the same of both. */
export const showsTheSame = (a: Entry | undefined, b: Entry | undefined): boolean =>
  JSON.stringify(a && { ...a, version: 0 }) === JSON.stringify(b && { ...b, version: 0 });

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
