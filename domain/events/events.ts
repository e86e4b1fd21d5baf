import * as z from 'zod';
import { SecurityAct } from '../access/security-notice.ts';
import { ExportId, PlaylistId, UserId, VideoId } from '../ids.ts';
import { Reason } from '../video/reasons.ts';

/** One event of the platform: its name on the bus and the schema of its detail. */
export interface EventKind<Detail extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly detail: Detail;
}

const event = <Detail extends z.ZodType>(name: string, detail: Detail): EventKind<Detail> => ({ name, detail });

const ofVideo = { videoId: VideoId, ownerId: UserId, attempt: z.int().positive() };

/** The registry of events: published and consumed by these values only. */
export const videoPlayable = event('video.playable', z.object({ ...ofVideo, durationSeconds: z.number().positive() }));
export const videoReady = event('video.ready', z.object({ ...ofVideo, durationSeconds: z.number().positive() }));
export const videoRejected = event('video.rejected', z.object({ ...ofVideo, reason: Reason }));
export const videoFailed = event('video.failed', z.object({ ...ofVideo, reason: Reason }));

/** Everybody can watch it, for the first time: told once. */
export const videoPublished = event('video.published', z.object({ ...ofVideo, publishedAt: z.int().nonnegative() }));

/** The captions of a video are others than before: whoever lists them reads them anew from its record. */
export const captionsChanged = event('video.captions-changed', z.object(ofVideo));

/** A video is out of sight; it may come back until `purgeAt`. */
export const videoDeleted = event('video.deleted', z.object({ videoId: VideoId, ownerId: UserId, purgeAt: z.int() }));
/** It is back as it was. */
export const videoRestored = event('video.restored', z.object({ videoId: VideoId, ownerId: UserId }));
/** Nothing of it is kept any more: who has noted anything by its id forgets it. */
export const videoPurged = event('video.purged', z.object({ videoId: VideoId, ownerId: UserId }));
/** Somebody has begun to watch a video: once for each viewing, at `startedAt` (ms). */
export const videoWatched = event(
  'video.watched',
  z.object({ videoId: VideoId, userId: UserId, startedAt: z.int(), positionSeconds: z.number() }),
);

/** Somebody clears their history: what they watched until `clearedAt` (ms) is to be gone. */
export const historyCleared = event('history.cleared', z.object({ userId: UserId, clearedAt: z.int() }));

/** A playlist is deleted: what was in it is to be gone. */
export const playlistDeleted = event('playlist.deleted', z.object({ playlistId: PlaylistId }));

/** A person asks for a copy of all that is kept about them. */
export const exportRequested = event('user.export-requested', z.object({ userId: UserId, exportId: ExportId }));

/** Somebody has done something about how an account is signed in to, at `at` (ms): its owner is told, once for each act. */
export const securityChanged = event(
  'user.security-changed',
  z.object({ userId: UserId, act: SecurityAct, at: z.int() }),
);

export const events = [
  videoPlayable,
  videoReady,
  videoRejected,
  videoFailed,
  videoPublished,
  captionsChanged,
  videoDeleted,
  videoRestored,
  videoPurged,
  videoWatched,
  historyCleared,
  playlistDeleted,
  exportRequested,
  securityChanged,
] as const;

/** The `source` of all events that the platform publishes. */
export const eventSource = 'sluice';
