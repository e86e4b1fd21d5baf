import { setTimeout as sleep } from 'node:timers/promises';
import type { VideoId } from '../../domain/ids.ts';
import type { Video } from '../../domain/video/video.ts';
import type { VideoChange, Videos } from './videos.ts';

/** Writers of one record at the same moment: a creator's pages, workers. One of them gets on each time. */
const maxConflicts = 20;
/** Of many at once each waits its own while, longer each time. */
const pauseMs = 20;

/**
 * Changes a video by what `change` makes of its record: of the newest one, since the write holds only if nobody else has
 * written meanwhile. Answers the record after; undefined if there is no video, or `change` wants none.
 * @throws Error if others are always faster.
 */
export async function changeVideo(
  videos: Pick<Videos, 'get' | 'change'>,
  videoId: VideoId,
  change: (video: Video) => Pick<VideoChange, 'set' | 'remove'> | undefined,
  now: number,
): Promise<Video | undefined> {
  for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
    const video = await videos.get(videoId);
    const wanted = video && video.state !== 'deleted' ? change(video) : undefined;
    if (video === undefined || wanted === undefined) return undefined;
    const changed = await videos.change(videoId, { ...wanted, onlyIf: { version: video.version } }, now);
    if (changed) return changed;
    await sleep(Math.random() * pauseMs * conflicts);
  }
  throw new Error(`the record of ${videoId} changed ${maxConflicts} times while it was to be written`);
}
