import * as z from 'zod';
import { UserId, VideoId } from '../ids.ts';
import { posterPath } from './poster.ts';
import { Video, Visibility } from './video.ts';

/** What a list shows of a video. */
export const VideoCard = z.object({
  videoId: VideoId,
  title: z.string(),
  ownerId: UserId,
  /** Path of the poster on the site. */
  poster: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  /** Milliseconds since the epoch. */
  publishedAt: z.int(),
  visibility: Visibility,
});
export type VideoCard = z.infer<typeof VideoCard>;

/** The part of a record that a card is made of, and who may see it decided by. */
export const CardRecord = Video.pick({
  videoId: true,
  ownerId: true,
  title: true,
  visibility: true,
  publishAt: true,
  publishedAt: true,
  state: true,
  createdAt: true,
  durationSeconds: true,
  posterAttempt: true,
  posterCandidates: true,
  poster: true,
  picture: true,
});
export type CardRecord = z.infer<typeof CardRecord>;

export const cardOf = (video: CardRecord): VideoCard => ({
  videoId: video.videoId,
  title: video.title,
  ownerId: video.ownerId,
  poster: posterPath(video),
  durationSeconds: video.durationSeconds ?? null,
  publishedAt: video.publishedAt ?? video.publishAt ?? video.createdAt,
  visibility: video.visibility,
});
