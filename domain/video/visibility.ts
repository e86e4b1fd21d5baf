import type { Caller } from '../access/policy.ts';
import type { Video } from './video.ts';

/** Whether `caller` may watch the video: its owner always, others when it is public or they hold the link. */
export function mayWatch(video: Pick<Video, 'ownerId' | 'visibility' | 'state'>, caller: Caller | undefined): boolean {
  if (video.state === 'deleted') return false;
  if (caller?.userId === video.ownerId) return true;
  if (video.state === 'blocked') return false;
  return video.visibility === 'public' || video.visibility === 'unlisted';
}
