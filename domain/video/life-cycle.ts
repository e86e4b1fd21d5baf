import type { VideoState } from './video.ts';

/** draft → uploading → processing → playable → ready, and the ways out of it. */
const next: Readonly<Record<VideoState, readonly VideoState[]>> = {
  draft: ['uploading', 'deleted'],
  // Rejected by its peek, while the rest is on its way.
  uploading: ['processing', 'rejected', 'draft', 'deleted'],
  processing: ['playable', 'ready', 'rejected', 'failed', 'blocked', 'deleted'],
  playable: ['ready', 'rejected', 'failed', 'blocked', 'deleted'],
  ready: ['processing', 'blocked', 'deleted'],
  rejected: ['uploading', 'processing', 'deleted'],
  // Playable again where it was: what failed is tried again, and there is something to watch meanwhile.
  failed: ['uploading', 'processing', 'playable', 'deleted'],
  blocked: ['processing', 'playable', 'ready', 'deleted'],
  // Nothing that goes on by itself leads out of it: only its owner does, who has it back (deletion.ts).
  deleted: [],
};

export const mayBecome = (from: VideoState, to: VideoState): boolean => next[from].includes(to);

/** The states from which `to` may be reached: what a conditional write asks for. */
export const statesBefore = (to: VideoState): VideoState[] =>
  (Object.keys(next) as VideoState[]).filter((from) => mayBecome(from, to));

/** Whether there is something to watch. */
export const isWatchable = (state: VideoState): boolean => state === 'playable' || state === 'ready';

/** Whether nothing more will happen by itself. */
export const isSettled = (state: VideoState): boolean =>
  state === 'ready' || state === 'rejected' || state === 'failed' || state === 'blocked' || state === 'deleted';
