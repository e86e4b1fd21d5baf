import { type Problem, problem } from '../../domain/api/problems.ts';
import { type MediaConvertReach, reaches } from '../../domain/media/engine.ts';
import { reasons } from '../../domain/video/reasons.ts';
import type { ProcessingChoices, Video } from '../../domain/video/video.ts';
import type { Upload } from './store.ts';

export const notFound = (): Problem => problem('upload-not-found', 'There is no such upload.');

export const closed = (state: Upload['state']): Problem =>
  problem(
    'upload-closed',
    state === 'open' ? 'The upload is no longer in storage. Begin a new one.' : `The upload is ${state}.`,
  );

/** Nobody waits for the file of a deleted video; undefined for any other. */
export const deletedMeanwhile = (video: Video | undefined): Problem | undefined =>
  video === undefined || video.state === 'deleted'
    ? problem('upload-closed', 'The video of this upload has been deleted.')
    : undefined;

/** What the environment may give to MediaConvert, and how it protects a title whose creator does not say. */
export interface MediaConvertTitles {
  readonly reach: MediaConvertReach;
  readonly protection: 'clear' | 'cbcs';
}

/** Why a wish for MediaConvert cannot be met; undefined if it can, or there is none. */
export function unreachable(
  processing: ProcessingChoices | undefined,
  { reach, protection }: MediaConvertTitles,
): Problem | undefined {
  if (processing?.engine !== 'mediaconvert' || reaches(reach, processing.protection ?? protection)) return undefined;
  return problem(
    'engine-not-available',
    reach === 'nothing'
      ? 'This site does not encode by MediaConvert.'
      : 'MediaConvert encodes titles in the clear only: this site has no DRM provider.',
  );
}

/** Why a file is not taken that its peek has shown to be of no use; undefined for any other, and once there was a run. */
export function uselessness(video: Video | undefined): Problem | undefined {
  if (video?.state !== 'rejected' || video.attempt > 0 || video.reason === undefined) return undefined;
  const { code } = video.reason;
  return problem('file-rejected', reasons[code].sentence, { reason: code });
}
