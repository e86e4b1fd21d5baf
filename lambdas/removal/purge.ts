import { videoPurged } from '../../domain/events/events.ts';
import type { VideoId } from '../../domain/ids.ts';
import { keptKinds, mediaPrefix } from '../../domain/media/paths.ts';
import type { Tombstone } from '../../domain/video/deletion.ts';
import type { Video } from '../../domain/video/video.ts';
import { removeObjects } from '../../platform/object-removal.ts';
import { stopExecutions } from './executions.ts';
import { abortUploads } from './incomplete-uploads.ts';
import type { Parts, Span } from './parts.ts';

/**
 * Removes everything of a video that was deleted for good. Every step may be repeated, and the record goes last: a call that ends
 * anywhere leaves it to the next one. From the first write on nobody can have it back.
 */
export async function purge(parts: Parts, video: Video, span: Span): Promise<void> {
  const { videos, removals, cancelTranscode, publish } = parts;
  const { videoId, ownerId, attempt, version, stateBeforeDeletion, firstExecution = 0 } = video;
  if (stateBeforeDeletion !== undefined) {
    const onlyIf = { state: ['deleted'], version } as const;
    const taken = await videos.change(videoId, { set: {}, remove: ['stateBeforeDeletion'], onlyIf }, span.now);
    // Somebody had it back, or another call is at it: looked at again in minutes.
    if (taken === undefined) return;
  }
  if (attempt > 0) {
    await stopExecutions(parts, video, firstExecution);
    await cancelTranscode({ videoId, attempt });
  }
  await removeAll(parts, { videoId, attempt }, span);
  await publish(videoPurged, { videoId, ownerId });
  await removals.bury(video, span.now);
}

/** What has been written after the purge goes too; then there is nothing more to do. */
export async function sweepAgain(parts: Parts, tombstone: Tombstone, span: Span): Promise<void> {
  await removeAll(parts, tombstone, span);
  await parts.removals.leave(tombstone.videoId);
}

/** Out of every store: unfinished uploads, objects, records of runs and uploads, and copies at the CDN, which is asked last. */
async function removeAll(
  parts: Parts,
  { videoId, attempt }: { readonly videoId: VideoId; readonly attempt: number },
  { until }: Span,
): Promise<void> {
  const { s3, buckets, uploads, removeRun, purgeCdn } = parts;
  await abortUploads(parts, videoId);
  await removeObjects(s3, { bucket: buckets.media, prefix: `${mediaPrefix(videoId)}/`, until });
  for (const kind of keptKinds)
    await removeObjects(s3, { bucket: buckets.uploads, prefix: `${kind}/${videoId}/`, until });
  // A peek is made for the run to come.
  for (let number = 1; number <= attempt + 1; number++) await removeRun({ videoId, attempt: number }, until);
  for (const uploadId of await uploads.ofVideo(videoId)) await uploads.remove(uploadId);
  await purgeCdn([`/${mediaPrefix(videoId)}/*`]);
}
