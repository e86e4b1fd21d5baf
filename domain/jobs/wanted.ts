import type { Video } from '../video/video.ts';
import { type JobMessage, stageOf } from './jobs.ts';

/**
 * Whether anybody still wants what a message asks for. Nothing of a deleted video is; of an attempt that a newer one has
 * overtaken only what its viewers wait for, since they watch it until the newer one is playable.
 */
export function isWanted(message: JobMessage, video: Pick<Video, 'state' | 'attempt'> | undefined): boolean {
  if (video === undefined || video.state === 'deleted') return false;
  return stageOf(message.kind) === undefined || message.attempt >= video.attempt;
}
