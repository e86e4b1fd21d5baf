import { type Problem, problem } from '../domain/api/problems.ts';
import { videoDeleted } from '../domain/events/events.ts';
import type { VideoId } from '../domain/ids.ts';
import { deletion } from '../domain/video/deletion.ts';
import type { Video } from '../domain/video/video.ts';
import type { Publish } from './clients/events.ts';
import type { Videos } from './records/videos.ts';

export interface DeletionParts {
  readonly videos: Pick<Videos, 'get' | 'change'>;
  readonly publish: Publish;
}

const notFound = () => problem('video-not-found', 'There is no such video, or it is not yours.');

/**
 * Deletes a video: to be had back for 30 days, or, `forGood`, not at all. The record first, which takes it out of sight at once;
 * then the event, from which its run and its uploads end. Repeated, it comes to the same record, and says so again.
 */
export async function deleteVideo(
  { videos, publish }: DeletionParts,
  videoId: VideoId,
  { forGood = false, ifMatch, now }: { readonly forGood?: boolean; readonly ifMatch?: number | undefined; now: number },
): Promise<Video | Problem> {
  for (;;) {
    const video = await videos.get(videoId);
    if (video === undefined) return notFound();
    const { state, version } = video;
    const decided = deletion(video, now, forGood);
    if (decided.is === 'refused') return problem('version-conflict', decided.why);
    if (decided.is === 'change' && ifMatch !== undefined && ifMatch !== version)
      return problem('version-conflict', 'The video has changed meanwhile. Read it again.', { version });
    const deleted =
      decided.is === 'already'
        ? video
        : await videos.change(videoId, { set: decided.set, onlyIf: { state: [state], version } }, now);
    if (deleted === undefined) continue;
    await publish(videoDeleted, { videoId, ownerId: deleted.ownerId, purgeAt: deleted.purgeAt ?? now });
    return deleted;
  }
}
