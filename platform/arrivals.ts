import type { UploadId, VideoId } from '../domain/ids.ts';
import type { ExecutionInput } from '../domain/jobs/jobs.ts';
import { irreplaceable, replaced } from '../domain/video/replacement.ts';
import type { Video } from '../domain/video/video.ts';
import type { VideoChange, Videos } from './records/videos.ts';

/**
 * The first of the two steps by which a run of process-video begins, for whoever begins it: the upload service on completion, the S3
 * event as its safety net, the reconciler. The second is `startRun`; each is safe to repeat and to race.
 *
 * Records that the source of `uploadId` is complete in the bucket: `uploading` becomes `processing`, or a video whose file it
 * replaces is processed anew, and the attempt is raised, exactly once however many callers there are. Answers the video's run, also
 * when it was recorded before; undefined if there is nothing to run: no such video, it was given up, this is not its upload, or it
 * cannot be replaced at this moment.
 */
export async function recordUploaded(
  { videos }: { readonly videos: Pick<Videos, 'get' | 'change'> },
  { videoId, uploadId, now }: { readonly videoId: VideoId; readonly uploadId: UploadId; readonly now: number },
): Promise<ExecutionInput | undefined> {
  for (;;) {
    const video = await videos.get(videoId);
    if (video === undefined || video.state === 'deleted') return undefined;
    const { attempt, ownerId, source } = video;
    const change = arrival(video, uploadId, now);
    if (change === undefined)
      return source?.uploadId === uploadId && attempt > 0 ? { videoId, attempt, ownerId } : undefined;
    const onlyIf = { state: [video.state], version: video.version };
    const recorded = await videos.change(videoId, { ...change, onlyIf }, now);
    if (recorded) return { videoId, attempt: recorded.attempt, ownerId };
    // Somebody wrote the record between our read and our write: look again.
  }
}

/** What the arrival of a file makes of the record; undefined: nothing. */
function arrival(video: Video, uploadId: UploadId, now: number): Omit<VideoChange, 'onlyIf'> | undefined {
  const { state, attempt, source, replacement } = video;
  if (source?.uploadId === uploadId) {
    return state === 'uploading'
      ? { set: { state: 'processing', attempt: attempt + 1, uploadedAt: now }, remove: ['progress'] }
      : undefined;
  }
  return replacement?.uploadId === uploadId && irreplaceable(video) === undefined
    ? replaced(video, replacement, now)
    : undefined;
}
