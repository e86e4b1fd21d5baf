import type { ContentKey } from '../media/encryption.ts';
import { isWatchable } from './life-cycle.ts';
import type { Video } from './video.ts';

/**
 * The attempt that viewers watch; undefined while there is none. A title that is processed anew stays what it was until the
 * new attempt is playable, and goes back to it if that one fails.
 */
export function watchedAttempt({
  state,
  attempt,
  readyAttempt,
}: Pick<Video, 'state' | 'attempt' | 'readyAttempt'>): number | undefined {
  if (isWatchable(state)) return attempt;
  return state === 'processing' || state === 'failed' || state === 'rejected' ? readyAttempt : undefined;
}

/** The keys that the record holds: the newest attempt's, and that of the attempt which is or was watched before it. */
export const keptKeys = ({ contentKey, formerKey }: Pick<Video, 'contentKey' | 'formerKey'>): ContentKey[] =>
  [contentKey, formerKey].filter((key) => key !== undefined);
