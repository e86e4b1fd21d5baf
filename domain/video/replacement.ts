import { type NewAttempt, newAttempt } from './reprocess.ts';
import type { Source, Video } from './video.ts';

/** Why the file of a video cannot be replaced now; undefined if it can. */
export function irreplaceable({ state }: Pick<Video, 'state'>): string | undefined {
  if (state === 'ready' || state === 'failed' || state === 'rejected') return undefined;
  if (state === 'processing' || state === 'playable')
    return 'The video is being processed. Replace its file once that is over.';
  return `The video is ${state}.`;
}

/** What the files of a video take of its creator's quota; one that is still on its way is its upload's to count. */
export const keptBytes = ({ source, uploadedAt, leftBytes = 0 }: Video): number =>
  leftBytes + (uploadedAt === undefined ? 0 : (source?.sizeBytes ?? 0));

type Replaced = Omit<NewAttempt, 'set'> & {
  readonly set: NewAttempt['set'] & Required<Pick<Video, 'source' | 'sourceSince' | 'uploadedAt' | 'leftBytes'>>;
};

/**
 * What the record becomes when the new file has arrived: a new attempt, of that file. What was ready is watched until it can be,
 * and again if it fails. `now` in ms since the epoch.
 */
export function replaced(video: Video, source: Source, now: number): Replaced {
  const { set, remove } = newAttempt(video);
  return {
    set: { ...set, source, sourceSince: set.attempt, uploadedAt: now, leftBytes: keptBytes(video) },
    remove: [...remove, 'replacement'],
  };
}
