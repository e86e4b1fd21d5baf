import { type Problem, problem } from '../../domain/api/problems.ts';
import { reasons } from '../../domain/video/reasons.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Upload } from './store.ts';

export const notFound = (): Problem => problem('upload-not-found', 'There is no such upload.');

export const closed = (state: Upload['state']): Problem =>
  problem(
    'upload-closed',
    state === 'open' ? 'The upload is no longer in storage. Begin a new one.' : `The upload is ${state}.`,
  );

/** Why a file is not taken that its peek has shown to be of no use; undefined for any other, and once there was a run. */
export function uselessness(video: Video | undefined): Problem | undefined {
  if (video?.state !== 'rejected' || video.attempt > 0 || video.reason === undefined) return undefined;
  const { code } = video.reason;
  return problem('file-rejected', reasons[code].sentence, { reason: code });
}
