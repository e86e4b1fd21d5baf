import * as z from 'zod';
import { VideoId } from '../ids.ts';
import { maxResumptions, type RunInput } from '../jobs/jobs.ts';
import { oldAttemptsKeptMs } from './old-attempts.ts';
import type { Video, VideoState } from './video.ts';

const dayMs = 24 * 3600 * 1000;
/** So long a deleted video can be had back. */
export const restorableMs = 30 * dayMs;
/**
 * So long after its purge a video is looked at once more: what a late message, a running encode or a signed URL has written since
 * goes then. Queues keep a message for four days, and nothing else of a video lives as long.
 */
export const sweptAgainAfterMs = 5 * dayMs;
/** So long after its purge it is known that there was a video of this id. */
export const tombstoneMs = 30 * dayMs;

/** What is left of a purged video: nothing of anybody. Late messages and requests find that it is no more. */
export const Tombstone = z.object({
  videoId: VideoId,
  /** Of its last run, whose records a late message may write anew. */
  attempt: z.int().nonnegative(),
  /** Milliseconds since the epoch. */
  deletedAt: z.int().nonnegative(),
  purgedAt: z.int().nonnegative(),
});
export type Tombstone = z.infer<typeof Tombstone>;

type Removed = 'stateBeforeDeletion' | 'deletedAt' | 'purgeAt' | 'removalAt';

/** What a request to delete, or to have back, comes to. */
export type Change<Set> =
  /** It is so already. */
  | { readonly is: 'already' }
  /** What its record becomes, if it still is what it was. */
  | { readonly is: 'change'; readonly set: Set; readonly remove: readonly Removed[] }
  | { readonly is: 'refused'; readonly why: string };

type Deletion = Required<Pick<Video, 'deletedAt' | 'purgeAt'>> & {
  readonly state: 'deleted';
  readonly stateBeforeDeletion: VideoState;
};

/** Whether there is a file that a deleted video could be had back with. */
const hasFile = (state: VideoState): boolean => state !== 'draft' && state !== 'uploading';

/** Deletes a video: to be had back for 30 days, or, `forGood`, not at all. `now` in ms since the epoch. */
export function deletion(
  { state, stateBeforeDeletion, deletedAt, purgeAt }: Video,
  now: number,
  forGood: boolean,
): Change<Deletion> {
  const before = state === 'deleted' ? (stateBeforeDeletion ?? 'draft') : state;
  const end = forGood || !hasFile(before) ? now : now + restorableMs;
  if (state === 'deleted' && purgeAt !== undefined && purgeAt <= end) return { is: 'already' };
  return {
    is: 'change',
    set: {
      state: 'deleted',
      stateBeforeDeletion: before,
      deletedAt: deletedAt ?? now,
      purgeAt: end,
    },
    remove: [],
  };
}

type Restoration = Pick<Video, 'state' | 'firstExecution' | 'removalAt'>;

/**
 * Has a deleted video back as it was. Of one that was being processed the execution has been stopped: another takes the run up, behind
 * those by which it may have been taken up before.
 */
export function restoration(video: Video, now: number): Change<Restoration> {
  const { state, attempt, stateBeforeDeletion: before, purgeAt, firstExecution = 0 } = video;
  if (state !== 'deleted') return { is: 'already' };
  if (before === undefined || purgeAt === undefined || purgeAt <= now)
    return { is: 'refused', why: 'The video was deleted for good.' };
  return {
    is: 'change',
    set: {
      state: before,
      ...(isInterrupted(before) && { firstExecution: firstExecution + maxResumptions + 1 }),
      // What older attempts have left behind was to be removed too.
      ...(attempt > 1 && { removalAt: now + oldAttemptsKeptMs }),
    },
    remove: ['stateBeforeDeletion', 'deletedAt', 'purgeAt', ...(attempt > 1 ? [] : (['removalAt'] as const))],
  };
}

/** Whether a deletion in this state breaks a run off. */
export const isInterrupted = (state: VideoState): boolean => state === 'processing' || state === 'playable';

/** The run that a deletion has broken off; undefined if there was none. */
export const interruptedRun = ({
  videoId,
  attempt,
  stateBeforeDeletion: before,
}: Pick<Video, 'videoId' | 'attempt' | 'stateBeforeDeletion'>): RunInput | undefined =>
  before !== undefined && isInterrupted(before) ? { videoId, attempt } : undefined;

/** Whether a deleted video is shown among those that can be had back. */
export const isRestorable = (video: Video, now: number): boolean => restoration(video, now).is === 'change';
