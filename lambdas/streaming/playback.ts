import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { captionsOfRun } from '../../domain/media/captions/captions.ts';
import { captionsKey, dashManifestKey, hlsMasterKey, storyboardTrackKey } from '../../domain/media/paths.ts';
import { uniqueLabels } from '../../domain/media/playlist-tags.ts';
import { chaptersWithin } from '../../domain/video/chapters.ts';
import { categories, licences } from '../../domain/video/metadata.ts';
import { posterPath } from '../../domain/video/poster.ts';
import { reasons } from '../../domain/video/reasons.ts';
import type { Video } from '../../domain/video/video.ts';
import { watching } from '../../domain/video/visibility.ts';
import { keptKeys, watchedAttempt } from '../../domain/video/watched.ts';
import type { routes } from './routes.ts';

export type Playback = AnswerOf<(typeof routes)['playback']>;

/** The video, if `caller` may watch it; else why not. */
export function watchable(video: Video | undefined, caller: Caller | undefined, now: number): Video | Problem {
  const what = video === undefined ? 'hidden' : watching(video, caller, now);
  if (video === undefined || what === 'hidden')
    return problem('video-not-found', 'There is no such video, or it is private.');
  if (what === 'allowed') return video;
  return problem('membership-needed', 'This video is for members. With a paid plan you can watch it.', {
    video: { title: video.title, poster: posterPath(video) },
  });
}

/** What a player of `caller`, who may watch it, gets to know of a video. */
export function playback(video: Video, caller: Caller | undefined): Playback {
  const watched = watchedAttempt(video);
  const isEncrypted = keptKeys(video).some((key) => key.attempt === watched);
  const isOwner = caller?.userId === video.ownerId;
  return {
    videoId: video.videoId,
    ownerId: video.ownerId,
    ...toldOf(video),
    visibility: video.visibility,
    publishedAt: video.publishedAt ?? null,
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

/** What its creator tells of it. */
function toldOf({ title, description, tags, category, language, licence, chapters, durationSeconds }: Video) {
  return {
    title,
    description: description ?? null,
    tags: tags ?? [],
    category: category === undefined ? null : { id: category, name: categories[category] },
    language: language ?? null,
    licence: licence === undefined ? null : { id: licence, ...licences[licence] },
    chapters: chaptersWithin(chapters, durationSeconds),
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
