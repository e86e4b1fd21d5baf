import type { VideoId } from '../../domain/ids.ts';
import type { Measured } from '../../domain/media/manifests.ts';
import { publishManifests } from '../../platform/title-manifests.ts';
import { measuredTitle } from './finish.ts';
import type { Services } from './services.ts';

/** `none`: there are no manifests yet; the run that makes them reads the captions itself. */
export type Relisted = 'written' | 'none';

/**
 * Writes the manifests of a video anew, with the captions that it has now: of its current run, and with measured bit rates
 * once all is there. Any number of calls, at any time, beside Prepare and Finish, come to the same manifests.
 */
export async function relist(
  { jobs, videos, media }: Pick<Services, 'jobs' | 'videos' | 'media'>,
  videoId: VideoId,
): Promise<Relisted> {
  const video = await videos.get(videoId);
  if (video === undefined || video.state === 'deleted' || video.attempt === 0) return 'none';
  const plan = await jobs.getPlan({ videoId, attempt: video.attempt });
  if (plan === undefined) return 'none';
  let complete: Measured | undefined;
  const measure = async () => {
    // Complete once, complete for good; until then Finish may have measured since the last look.
    complete ??= (await measuredTitle(media, plan)).measured;
    return complete;
  };
  await publishManifests({ videos, media, measure }, videoId, plan);
  return 'written';
}
