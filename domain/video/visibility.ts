import type { Caller } from '../access/policy.ts';
import type { Video } from './video.ts';

type Watched = Pick<Video, 'ownerId' | 'visibility' | 'state' | 'publishAt'>;

/** Whether a video is out: before its time it is its owner's alone, whatever its visibility. `now` in ms since the epoch. */
export const isPublished = ({ publishAt }: Pick<Video, 'publishAt'>, now: number): boolean =>
  publishAt === undefined || publishAt <= now;

/**
 * Whether `caller` may watch the video at `now` (ms): its owner always; others once it is published and if it is public, or
 * they hold the link, or it is for members and they have a paid plan.
 */
export function mayWatch(video: Watched, caller: Caller | undefined, now: number): boolean {
  if (video.state === 'deleted') return false;
  if (caller?.userId === video.ownerId) return true;
  if (video.state === 'blocked' || !isPublished(video, now)) return false;
  if (video.visibility === 'members') return (caller?.memberUntil ?? 0) > now;
  return video.visibility === 'public' || video.visibility === 'unlisted';
}
