import * as z from 'zod';
import { maxResumptions, type RunInput } from '../jobs/jobs.ts';
import type { Video } from './video.ts';

/** `everything`: a new attempt, from the source. `failed`: the same one, from what it had finished. */
export const Reprocess = z.enum(['everything', 'failed']);
export type Reprocess = z.infer<typeof Reprocess>;

type RunFields = Pick<Video, 'state' | 'attempt'> &
  Partial<Pick<Video, 'firstExecution' | 'readyAttempt' | 'formerKey'>>;

type Left = 'reason' | 'progress' | 'missing' | 'playableAt' | 'readyAt' | 'contentKey' | 'formerKey' | 'replacement';
/** What a record becomes. */
export interface NewAttempt {
  readonly set: RunFields;
  readonly remove: readonly Left[];
}

/** What asking for a video to be processed again comes to. */
export type Reprocessing =
  /** It is being processed: that run is the answer, so any number of requests at a time are one. */
  | { readonly is: 'under-way'; readonly run: RunInput }
  /** What its record becomes, if it still is what it was. */
  | {
      readonly is: 'begun';
      readonly set: RunFields;
      readonly remove: NewAttempt['remove'];
    }
  | { readonly is: 'refused'; readonly why: string };

const refused = (why: string): Reprocessing => ({ is: 'refused', why });

/** The rule of reprocessing. Nothing that can be watched is taken from viewers by it (watched.ts). */
export function reprocessing(video: Video, what: Reprocess): Reprocessing {
  const { videoId, attempt, state } = video;
  if (state === 'processing' || state === 'playable') return { is: 'under-way', run: { videoId, attempt } };
  if (state !== 'ready' && state !== 'failed' && state !== 'rejected') return refused(`The video is ${state}.`);
  if (attempt === 0) return refused('Its file never arrived: upload it again.');
  if (what === 'everything') return { is: 'begun', ...newAttempt(video) };
  if (state !== 'failed') return refused(`The video is ${state}: no job of it failed. It can be processed as a whole.`);
  return {
    is: 'begun',
    set: {
      state: video.playableAt === undefined ? 'processing' : 'playable',
      attempt,
      // Behind those by which the run may have been taken up: an execution's name is used once.
      firstExecution: (video.firstExecution ?? 0) + maxResumptions + 1,
    },
    remove: ['reason'],
  };
}

/** Begins a new attempt of a settled video, from its source. */
export function newAttempt({ attempt, state, contentKey }: Video): NewAttempt {
  const set = { state: 'processing', attempt: attempt + 1, firstExecution: 0 } as const;
  const remove = ['reason', 'progress', 'missing', 'playableAt', 'readyAt'] as const;
  // Of an attempt that failed nothing is kept in view; what was watched before it still is.
  if (state !== 'ready') return { set, remove };
  return contentKey
    ? { set: { ...set, readyAttempt: attempt, formerKey: contentKey }, remove: [...remove, 'contentKey'] }
    : { set: { ...set, readyAttempt: attempt }, remove: [...remove, 'formerKey'] };
}
