import { type NewAttempt, newAttempt } from './reprocess.ts';
import type { Source, Video } from './video.ts';

/** Why the file of a video cannot be replaced now; undefined if it can. */
export function irreplaceable({ state }: Pick<Video, 'state'>): string | undefined {
  if (state === 'ready' || state === 'failed' || state === 'rejected') return undefined;
  if (state === 'processing' || state === 'playable')
    return 'The video is being processed. Replace its file once that is over.';
  return `The video is ${state}.`;
}

type Replaced = Omit<NewAttempt, 'set'> & {
  readonly set: NewAttempt['set'] & Required<Pick<Video, 'source' | 'sourceSince' | 'uploadedAt'>>;
};

/**
 * What the record becomes when the new file has arrived: a new attempt, of that file. What was ready is watched until it can be,
 * and again if it fails. `now` in ms since the epoch.
 */
export function replaced(video: Video, source: Source, now: number): Replaced {
  const { set, remove } = newAttempt(video);
  return {
    set: { ...set, source, sourceSince: set.attempt, uploadedAt: now },
    remove: [...remove, 'replacement'],
  };
}
