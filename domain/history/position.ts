import * as z from 'zod';
import { VideoId } from '../ids.ts';

/** Milliseconds since the epoch. */
const Instant = z.int().nonnegative();

/** No title is longer than this, and a table's numbers end somewhere. */
const Seconds = z.number().min(0).max(10_000_000);

/** How far somebody is in a video. */
export const Position = z.object({
  videoId: VideoId,
  positionSeconds: Seconds,
  /** Of the video, as far as the player knew it. */
  durationSeconds: Seconds.optional(),
  /** When the position was true. The latest one counts. */
  watchedAt: Instant,
  /** When this viewing of the video began: what a history is ordered by. */
  startedAt: Instant,
});
export type Position = z.infer<typeof Position>;

/** A position that was kept while there was no connection may be this old. */
const oldestSentMs = 7 * 24 * 3600_000;
/** No viewing lasts longer. */
const longestViewingMs = 24 * 3600_000;

const clamp = (value: number, from: number, to: number) => Math.max(from, Math.min(value, to));

/**
 * The times of a position as they are believed, in ms: clocks of devices go wrong, and nobody watches in the future. One
 * that is ahead counts as now, so that it does not win over every later one.
 */
export function believedTimes(
  { watchedAt, startedAt }: Pick<Position, 'watchedAt' | 'startedAt'>,
  now: number,
): Pick<Position, 'watchedAt' | 'startedAt'> {
  const watched = clamp(watchedAt, now - oldestSentMs, now);
  return { watchedAt: watched, startedAt: clamp(startedAt, watched - longestViewingMs, watched) };
}

/** Seen to here, a video is finished: what is left are its closing titles. */
const finishedShare = 0.95;
const closingTitlesSeconds = 30;
/** A clip has no half a minute of them: they are never more than this much of a video. */
const closingTitlesShare = 0.1;

/** Whether there is nothing left to see. Of a video of unknown length nobody knows. */
export const isFinished = ({
  positionSeconds,
  durationSeconds,
}: Pick<Position, 'positionSeconds' | 'durationSeconds'>) =>
  durationSeconds !== undefined &&
  (positionSeconds >= finishedShare * durationSeconds ||
    durationSeconds - positionSeconds < Math.min(closingTitlesSeconds, closingTitlesShare * durationSeconds));

/** Where watching goes on, in seconds: where it stopped, or at the beginning if it was finished. */
export const resumeSeconds = (position: Pick<Position, 'positionSeconds' | 'durationSeconds'>): number =>
  isFinished(position) ? 0 : position.positionSeconds;
