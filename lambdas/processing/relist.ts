import type { VideoId } from '../../domain/ids.ts';
import { keyFramesListed } from '../../domain/media/i-frames.ts';
import { type Made, manifests } from '../../domain/media/manifests.ts';
import { iFramePlaylistKey } from '../../domain/media/paths.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { segmentCount } from '../../domain/media/timeline.ts';
import { findText } from '../../platform/media.ts';
import { publishManifests } from '../../platform/title-manifests.ts';
import { madeOf } from './finish.ts';
import { transcodedParts } from './mediaconvert/finish.ts';
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
  const run = { videoId, attempt: video.attempt };
  const plan = await jobs.getPlan(run);
  if (plan === undefined) return 'none';
  if (plan.engine === 'mediaconvert') {
    await publishManifests(transcodedParts({ videos, media }, run, plan), run);
    return 'written';
  }
  let complete: Made | undefined;
  const look = async () => {
    // Complete once, complete for good; until then Finish may have measured since the last look.
    complete ??= await withListed(media, plan, (await madeOf({ jobs, media }, run, plan)).made);
    return complete;
  };
  await publishManifests({ videos, media, look, make: (made, captions) => manifests(plan, made, captions) }, run);
  return 'written';
}

/** With the key frames that the title's own I-frame playlists tell of, where jobs no longer do: captions change for years. */
async function withListed(media: Services['media'], plan: Plan, made: Made | undefined): Promise<Made | undefined> {
  if (made === undefined) return undefined;
  const keyFrames = { ...made.pictures.keyFrames };
  for (const { name } of plan.rungs) {
    if (keyFrames[name]) continue;
    const listed = keyFramesListed((await findText(media, iFramePlaylistKey(plan.videoId, plan.attempt, name))) ?? '');
    if (listed.length === segmentCount(plan)) keyFrames[name] = listed;
  }
  return { ...made, pictures: { ...made.pictures, keyFrames } };
}
