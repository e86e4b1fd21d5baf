import type { Video } from './video.ts';

/**
 * So long after a video was processed again what older attempts have left behind is kept: who watches one of them, or has it
 * paused, comes to its end.
 */
export const oldAttemptsKeptMs = 3 * 24 * 3600 * 1000;

type Attempts = Pick<Video, 'state' | 'attempt' | 'readyAttempt' | 'posterAttempt' | 'sourceSince'>;

/**
 * The attempts whose media stay: the newest, the one that was ready before it, and the one that the poster is of. Of a video whose
 * new file is ready none that was made of the old one.
 */
export function attemptsKept({ state, attempt, readyAttempt, posterAttempt, sourceSince = 0 }: Attempts): number[] {
  const kept = [attempt, readyAttempt, posterAttempt].filter((number) => number !== undefined);
  return [...new Set(kept)].filter((number) => state !== 'ready' || number >= sourceSince);
}

/** Attempts that are behind a video and not kept. */
export function attemptsLeft(video: Attempts): number[] {
  const kept = new Set(attemptsKept(video));
  return Array.from({ length: video.attempt }, (_, i) => i + 1).filter((number) => !kept.has(number));
}
