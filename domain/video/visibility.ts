import type { Caller } from '../access/policy.ts';
import type { Video } from './video.ts';

type Watched = Pick<Video, 'ownerId' | 'visibility' | 'state' | 'publishAt'>;

/** Whether a video is out: before its time it is its owner's alone, whatever its visibility. `now` in ms since the epoch. */
export const isPublished = ({ publishAt }: Pick<Video, 'publishAt'>, now: number): boolean =>
  publishAt === undefined || publishAt <= now;

/**
 * What a video is to `caller` at `now` (ms): its owner may always watch it; others once it is published and if it is public, or
 * they hold the link, or it is for members and they have a paid plan. Who has none may learn what they miss. `hidden`: it is
 * answered as if it were not there.
 */
export function watching(
  video: Watched,
  caller: Caller | undefined,
  now: number,
): 'allowed' | 'for-members' | 'hidden' {
  if (video.state === 'deleted') return 'hidden';
  if (caller?.userId === video.ownerId) return 'allowed';
  if (video.state === 'blocked' || !isPublished(video, now)) return 'hidden';
  if (video.visibility === 'members') return (caller?.memberUntil ?? 0) > now ? 'allowed' : 'for-members';
  return video.visibility === 'private' ? 'hidden' : 'allowed';
}

export const mayWatch = (video: Watched, caller: Caller | undefined, now: number): boolean =>
  watching(video, caller, now) === 'allowed';
