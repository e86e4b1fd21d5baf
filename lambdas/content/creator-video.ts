import { posterPath } from '../../domain/video/poster.ts';
import { reasons } from '../../domain/video/reasons.ts';
import type { Video } from '../../domain/video/video.ts';
import type { CreatorVideo } from './routes.ts';

/** A video's record as its creator sees it. */
export const creatorVideo = (video: Video): CreatorVideo => ({
  videoId: video.videoId,
  title: video.title,
  description: video.description ?? null,
  tags: video.tags ?? [],
  category: video.category ?? null,
  language: video.language ?? null,
  licence: video.licence ?? null,
  chapters: video.chapters ?? [],
  visibility: video.visibility,
  publishAt: video.publishAt ?? null,
  publishedAt: video.publishedAt ?? null,
  state: video.state,
  attempt: video.attempt,
  version: video.version,
  createdAt: video.createdAt,
  updatedAt: video.updatedAt,
  fileName: video.source?.fileName ?? null,
  sizeBytes: video.source?.sizeBytes ?? null,
  durationSeconds: video.durationSeconds ?? null,
  rungs: video.rungs ?? [],
  progress: video.state === 'ready' ? 1 : (video.progress ?? 0),
  reason: video.reason ? { code: video.reason.code, sentence: reasons[video.reason.code].sentence } : null,
  missing: video.missing ?? [],
  poster: posterPath(video),
  uploadedAt: video.uploadedAt ?? null,
  playableAt: video.playableAt ?? null,
  readyAt: video.readyAt ?? null,
});
