import type { RunInput } from '../../domain/jobs/jobs.ts';
import { sourceKey } from '../../domain/media/paths.ts';
import { nextLookAt } from '../../domain/upload/expiry.ts';
import { isSettled } from '../../domain/video/life-cycle.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { Sources } from './multipart.ts';
import type { Upload, Uploads } from './store.ts';

/** What the upload service works with. */
export interface UploadDeps {
  readonly uploads: Uploads;
  readonly videos: Videos;
  readonly sources: Sources;
  /** What is to happen once the source is complete; undefined if its video was given up. */
  readonly begin: (upload: Upload, now: number) => Promise<RunInput | undefined>;
}

/**
 * Ends an open upload without its file, and answers how it ended. S3 decides against a completion at the same time:
 * once the multipart upload is gone, the object is there or never will be. If it is there the file is whole, so the
 * upload ends completed whatever was wanted. The record is closed last, so that a crash before leaves an upload that
 * the next call, or the expiry, ends in the same way.
 *
 * A video that never had its file is nothing to keep: it is deleted, for good.
 */
export async function giveUp(
  { uploads, videos, sources, begin }: UploadDeps,
  upload: Upload,
  end: 'aborted' | 'expired',
  now: number,
): Promise<'completed' | 'aborted' | 'expired'> {
  const { uploadId, videoId, multipartId } = upload;
  const key = sourceKey(videoId, uploadId);
  await sources.abort({ key, multipartId });
  const run = (await sources.exists(key)) ? await begin(upload, now) : undefined;
  if (run) {
    await uploads.close(upload, { state: 'completed', attempt: run.attempt });
    return 'completed';
  }
  const gone = { stateBeforeDeletion: 'uploading', deletedAt: now, purgeAt: now } as const;
  if (upload.replaces) await dropReplacement(videos, upload, now);
  else await videos.moveTo(videoId, 'deleted', { set: gone, onlyIf: { state: ['uploading'] } }, now);
  await uploads.close(upload, { state: end });
  return end;
}

/** The video keeps the file that it has. */
async function dropReplacement(videos: Videos, { uploadId, videoId }: Upload, now: number): Promise<void> {
  const video = await videos.get(videoId);
  if (video?.replacement?.uploadId !== uploadId) return;
  // Whoever has changed the record in this moment leaves the name of a file that is not there, which nobody acts on.
  await videos.change(videoId, { set: {}, remove: ['replacement'], onlyIf: { version: video.version } }, now);
}

/** Whether the file has arrived while its video is processed: it is taken once that is over. */
async function isWaiting(videos: Videos, { uploadId, videoId, replaces }: Upload): Promise<boolean> {
  const video = replaces ? await videos.get(videoId) : undefined;
  return video?.replacement?.uploadId === uploadId && !isSettled(video.state);
}

/** Ends an upload at its expiry; false if it goes on. One that is being completed ends only if it is whole by now. */
async function expire(deps: UploadDeps, upload: Upload, now: number): Promise<boolean> {
  const again = nextLookAt(upload, now);
  const isToGoOn = async () =>
    !(await deps.sources.exists(sourceKey(upload.videoId, upload.uploadId))) || (await isWaiting(deps.videos, upload));
  if (again !== undefined && (await isToGoOn())) {
    await deps.uploads.postpone(upload.uploadId, again);
    return false;
  }
  await giveUp(deps, upload, 'expired', now);
  return true;
}

/**
 * Ends every open upload that has rested for too long, or was completed by somebody who died of it; answers how many. One that fails does not keep the others.
 * @throws AggregateError of the failures, at the end.
 */
export async function expireUploads(deps: UploadDeps, now: number): Promise<number> {
  const failures: unknown[] = [];
  let ended = 0;
  for await (const uploadId of deps.uploads.expired(now)) {
    try {
      const upload = await deps.uploads.get(uploadId);
      if (upload?.state === 'open' && upload.expiresAt < now && (await expire(deps, upload, now))) ended += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} uploads could not be ended`);
  return ended;
}
