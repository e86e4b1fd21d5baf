import type { Caller } from '../../domain/access/policy.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { dashManifestKey, hlsMasterKey, storyboardTrackKey } from '../../domain/media/paths.ts';
import { isWatchable } from '../../domain/video/life-cycle.ts';
import { posterPath } from '../../domain/video/poster.ts';
import { reasons } from '../../domain/video/reasons.ts';
import type { Video } from '../../domain/video/video.ts';
import { mayWatch } from '../../domain/video/visibility.ts';
import type { routes } from './routes.ts';

export type Playback = AnswerOf<(typeof routes)['playback']>;

/** What a player of `caller` gets to know of a video; undefined if they may not watch it. */
export function playback(video: Video, caller: Caller | undefined): Playback | undefined {
  if (!mayWatch(video, caller)) return undefined;
  const watchable = isWatchable(video.state);
  const isOwner = caller?.userId === video.ownerId;
  return {
    videoId: video.videoId,
    title: video.title,
    state: video.state,
    attempt: video.attempt,
    durationSeconds: video.durationSeconds ?? null,
    hls: watchable ? `/${hlsMasterKey(video.videoId, video.attempt)}` : null,
    dash: watchable ? `/${dashManifestKey(video.videoId, video.attempt)}` : null,
    poster: posterPath(video),
    storyboard: watchable ? `/${storyboardTrackKey(video.videoId, video.attempt)}` : null,
    license:
      watchable && video.contentKey?.attempt === video.attempt
        ? { keySystem: 'org.w3.clearkey', url: `/api/videos/${video.videoId}/license` }
        : null,
    rungs: video.rungs ?? [],
    progress: video.state === 'ready' ? 1 : (video.progress ?? 0),
    owned: isOwner,
    reason: isOwner && video.reason ? { code: video.reason.code, sentence: reasons[video.reason.code].sentence } : null,
  };
}
