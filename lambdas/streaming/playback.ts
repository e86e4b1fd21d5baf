import type { Caller } from '../../domain/access/policy.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { captionsOfRun } from '../../domain/media/captions/captions.ts';
import { captionsKey, dashManifestKey, hlsMasterKey, storyboardTrackKey } from '../../domain/media/paths.ts';
import { uniqueLabels } from '../../domain/media/playlist-tags.ts';
import { posterPath } from '../../domain/video/poster.ts';
import { reasons } from '../../domain/video/reasons.ts';
import type { Video } from '../../domain/video/video.ts';
import { mayWatch } from '../../domain/video/visibility.ts';
import { keptKeys, watchedAttempt } from '../../domain/video/watched.ts';
import type { routes } from './routes.ts';

export type Playback = AnswerOf<(typeof routes)['playback']>;

/** What a player of `caller` gets to know of a video; undefined if they may not watch it. */
export function playback(video: Video, caller: Caller | undefined, now: number): Playback | undefined {
  if (!mayWatch(video, caller, now)) return undefined;
  const watched = watchedAttempt(video);
  const isEncrypted = keptKeys(video).some((key) => key.attempt === watched);
  const isOwner = caller?.userId === video.ownerId;
  return {
    videoId: video.videoId,
    title: video.title,
    state: video.state,
    attempt: watched ?? video.attempt,
    durationSeconds: video.durationSeconds ?? null,
    hls: watched === undefined ? null : `/${hlsMasterKey(video.videoId, watched)}`,
    dash: watched === undefined ? null : `/${dashManifestKey(video.videoId, watched)}`,
    poster: posterPath(video),
    storyboard: watched === undefined ? null : `/${storyboardTrackKey(video.videoId, watched)}`,
    captions: captionsOf(video, watched),
    // Where media are under a DRM provider's keys, ours open nothing.
    license:
      isEncrypted && video.drmAttempt !== watched
        ? { keySystem: 'org.w3.clearkey', url: `/api/videos/${video.videoId}/license` }
        : null,
    rungs: video.rungs ?? [],
    progress: video.state === 'ready' ? 1 : (video.progress ?? 0),
    owned: isOwner,
    reason: isOwner && video.reason ? { code: video.reason.code, sentence: reasons[video.reason.code].sentence } : null,
  };
}

/** The captions of the attempt that is watched, by labels that tell them apart. */
function captionsOf({ videoId, captions: all }: Video, watched: number | undefined): Playback['captions'] {
  if (watched === undefined) return [];
  const captions = captionsOfRun(all, watched);
  const labels = uniqueLabels(captions.map(({ label }) => label));
  return captions.map(({ language, kind, digest }, i) => ({
    language,
    kind,
    label: labels[i] ?? '',
    file: `/${captionsKey(videoId, digest)}`,
  }));
}
