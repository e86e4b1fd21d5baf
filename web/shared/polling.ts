import type { VideoState } from '../../domain/video/video.ts';

export interface Watched {
  readonly state: VideoState;
  /** When something of it was last seen to change, ms since the epoch. */
  readonly updatedAt: number;
  /** Of a file that is being sent: 1 if its last part is on its way. */
  readonly progress: number;
}

/** Something may change any moment: a title is prepared within three seconds, and somebody is looking. */
const busyMs = 250;
/** The upload goes on, on another device perhaps, and then it goes fast. */
const uploadingMs = 1000;
/** Encoding goes on for minutes; progress moves slowly. */
const encodingMs = 2500;
/** Nothing of this video has moved for a while: it waits in a queue, or a long title is being encoded. */
const slowMs = 6000;
/** Nothing is under way; another device may still add a video. */
const idleMs = 30_000;
const restlessForMs = 60_000;

/** How long to wait before asking about these videos again, in milliseconds. The soonest need decides. */
export function pollingIntervalMs(videos: readonly Watched[], now: number): number {
  const wanted = videos.map(({ state, updatedAt, progress }) => {
    const restless = now - updatedAt < restlessForMs;
    if (state === 'processing') return restless ? busyMs : slowMs;
    if (state === 'playable') return restless ? encodingMs : slowMs;
    if (state !== 'uploading') return idleMs;
    if (progress === 1) return restless ? busyMs : uploadingMs;
    return restless ? uploadingMs : slowMs;
  });
  return Math.min(idleMs, ...wanted);
}
