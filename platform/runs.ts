import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { UploadId, VideoId } from '../domain/ids.ts';
import { type ExecutionInput, executionName } from '../domain/jobs/jobs.ts';
import { irreplaceable, replaced } from '../domain/video/replacement.ts';
import type { Video } from '../domain/video/video.ts';
import type { VideoChange, Videos } from './records/videos.ts';

/**
 * How a run of process-video begins, for whoever begins it: the upload service on completion, the S3 event as its
 * safety net, the reconciler. Two steps, each safe to repeat and to race: the record takes the run's number exactly
 * once, and the number names the execution.
 */

/** What is needed to start an execution. */
export interface RunStarter {
  readonly sfn: SFNClient;
  readonly stateMachineArn: string;
}

/**
 * Starts the run, unless it has been started before. `started` is also the answer of AWS while the same run is still
 * going on, so it must not be counted. `number` is that of executions that take up a run whose own was lost, or has failed.
 */
export async function startRun(
  { sfn, stateMachineArn }: RunStarter,
  run: ExecutionInput,
  number = 0,
): Promise<'started' | 'already'> {
  const { videoId, attempt, ownerId } = run;
  try {
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn,
        name: executionName(run, number),
        input: JSON.stringify({ videoId, attempt, ownerId }),
      }),
    );
    return 'started';
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return 'already';
    throw error;
  }
}

/**
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
