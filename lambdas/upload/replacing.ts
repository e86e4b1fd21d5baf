import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { VideoId } from '../../domain/ids.ts';
import { irreplaceable } from '../../domain/video/replacement.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { Upload } from './store.ts';

/** The video of the caller whose file is to be replaced, or why that cannot be. One of somebody else is not there. */
export async function replaceable(
  videos: Pick<Videos, 'get'>,
  videoId: VideoId,
  { userId }: Caller,
): Promise<Video | Problem> {
  const video = await videos.get(videoId);
  if (video === undefined || video.state === 'deleted' || video.ownerId !== userId)
    return problem('video-not-found', 'There is no such video, or it is not yours.');
  const why = irreplaceable(video);
  return why === undefined ? video : problem('not-replaceable', why);
}

export const changedMeanwhile = (): Problem =>
  problem('not-replaceable', 'The video was changed at this moment. Try again.');

/** Why the file of an upload is not taken though it has arrived. */
export async function unwanted(videos: Pick<Videos, 'get'>, { uploadId, videoId }: Upload): Promise<Problem> {
  const video = await videos.get(videoId);
  if (video?.replacement?.uploadId !== uploadId || video.state === 'deleted')
    return problem('upload-closed', 'The video of this upload was deleted, or has another file by now.');
  // It stays open: once the run is over, completing it once more takes the file.
  return problem('not-replaceable', irreplaceable(video) ?? 'The video was changed at this moment. Try again.');
}
