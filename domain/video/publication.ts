import type { Video } from './video.ts';
import { watchedAttempt } from './watched.ts';

type Told = Pick<
  Video,
  | 'visibility'
  | 'state'
  | 'attempt'
  | 'readyAttempt'
  | 'publishAt'
  | 'publishedAt'
  | 'playableAt'
  | 'readyAt'
  | 'createdAt'
>;

/**
 * Since when, or from when on, a video stands in lists that everybody sees (ms since the epoch): it is public and can be
 * watched. Undefined: it stands in none, now or later, unless its record changes. Lists ask for `listedAt` <= now.
 */
export function listing(video: Told): { readonly listedAt: number } | undefined {
  if (video.visibility !== 'public' || watchedAttempt(video) === undefined) return undefined;
  const { publishAt = 0, publishedAt, playableAt, readyAt, createdAt } = video;
  return { listedAt: Math.max(publishAt, publishedAt ?? playableAt ?? readyAt ?? createdAt) };
}

/** What the publication of a video has come to. Times in milliseconds since the epoch. */
export type Publication =
  /** It was told, or is about to be: `at` is when everybody could watch it for the first time. */
  | { readonly is: 'published'; readonly at: number }
  /** Everybody can watch it, since `at`, and nobody has been told. */
  | { readonly is: 'due'; readonly at: number }
  /** Its time has not come. */
  | { readonly is: 'scheduled'; readonly at: number }
  /** Not everybody may watch it, or there is nothing to watch. */
  | { readonly is: 'none' };

/** A video is published once: what is hidden and shown again later is no news. */
export function publicationOf(video: Told, now: number): Publication {
  if (video.publishedAt !== undefined) return { is: 'published', at: video.publishedAt };
  if (video.publishAt !== undefined && video.publishAt > now) return { is: 'scheduled', at: video.publishAt };
  const listed = listing(video);
  return listed ? { is: 'due', at: Math.min(listed.listedAt, now) } : { is: 'none' };
}

/**
 * After this long it is told again that a video was published, if the one who was to tell it has not said that it is done. Longer than a
 * request may take, so that nobody tells what another is telling.
 */
export const tellAgainAfterMs = 60_000;
