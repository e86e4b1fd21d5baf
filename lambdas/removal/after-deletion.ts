import type { VideoId } from '../../domain/ids.ts';
import { maxResumptions } from '../../domain/jobs/jobs.ts';
import { interruptedRun, isInterrupted } from '../../domain/video/deletion.ts';
import { startRun } from '../../platform/runs.ts';
import { stopExecutions } from './executions.ts';
import { abortUploads } from './incomplete-uploads.ts';
import type { Parts, Span } from './parts.ts';
import { purge } from './purge.ts';
import { giveBack, withhold } from './withheld.ts';

/**
 * A video was deleted: its run ends, its uploads end, its manifests go; and all of it, if it was deleted for good. Events come in any
 * order and more than once, so the record says what is so.
 */
export async function afterDeletion(parts: Parts, videoId: VideoId, span: Span): Promise<void> {
  const { videos } = parts;
  const video = await videos.get(videoId);
  if (video?.state !== 'deleted') return;
  if ((video.purgeAt ?? 0) <= span.now) return purge(parts, video, span);
  const run = interruptedRun(video);
  if (run) {
    await stopExecutions(parts, run, video.firstExecution ?? 0);
    await parts.cancelTranscode(run);
  }
  await abortUploads(parts, videoId);
  await withhold(parts, video);
  // Had back meanwhile: what was put back before we took it is put back again.
  const after = await videos.get(videoId);
  if (after && after.state !== 'deleted') await giveBack(parts, after);
}

/** A video was had back: its manifests are where they were, and a run that was broken off goes on, by another execution. */
export async function afterRestoration(parts: Parts, videoId: VideoId): Promise<void> {
  const video = await parts.videos.get(videoId);
  if (video === undefined || video.state === 'deleted') return;
  await giveBack(parts, video);
  if (!isInterrupted(video.state) || video.attempt === 0) return;
  const { attempt, ownerId, firstExecution = 0 } = video;
  const before = firstExecution - maxResumptions - 1;
  if (before >= 0) await stopExecutions(parts, video, before);
  await startRun(parts.executions, { videoId, attempt, ownerId }, firstExecution);
}
