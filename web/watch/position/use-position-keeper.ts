import { useEffect } from 'react';
import type { UserId, VideoId } from '../../../domain/ids.ts';
import { localPositions } from '../../shared/history/local-positions.ts';
import { sendPosition } from '../../shared/history/queries.ts';
import { positionKeeper, sendUnsent } from './position-keeper.ts';

interface Viewing {
  readonly videoId: VideoId;
  readonly userId: UserId | undefined;
  /** The person wants nothing to be kept. */
  readonly paused: boolean;
}

/** Keeps how far somebody is in what plays in `video`. */
export function usePositionKeeper(video: HTMLVideoElement | null, { videoId, userId, paused }: Viewing): void {
  useEffect(() => {
    if (video === null || paused) return;
    const local = localPositions(localStorage, userId);
    const send = userId === undefined ? undefined : sendPosition;
    const keeper = positionKeeper(videoId, { local, send, now: Date.now });
    const place = () => ({
      positionSeconds: video.currentTime,
      durationSeconds: Number.isFinite(video.duration) ? video.duration : 0,
    });
    const listening = new AbortController();
    const on = (target: EventTarget, event: string, then: () => void) =>
      target.addEventListener(event, then, { signal: listening.signal });
    on(video, 'timeupdate', () => {
      if (!video.paused && !video.seeking && video.currentTime > 0) keeper.watching(place());
    });
    on(video, 'pause', () => keeper.paused(place()));
    on(video, 'seeked', () => keeper.sought(place()));
    // A hidden page may never be told that it ends (Page Lifecycle).
    on(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') keeper.leaving(place());
    });
    on(window, 'pagehide', () => keeper.leaving(place()));
    if (send) {
      const retry = () => void sendUnsent(local, send);
      on(window, 'online', retry);
      retry();
    }
    return () => {
      keeper.leaving(place());
      keeper.close();
      listening.abort();
    };
  }, [video, videoId, userId, paused]);
}
