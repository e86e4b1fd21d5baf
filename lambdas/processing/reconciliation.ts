import {
  isForWorkers,
  type RunInput,
  type StageName,
  StageName as stageNames,
  transcodeJob,
} from '../../domain/jobs/jobs.ts';
import { outstanding } from '../../domain/jobs/order.ts';
import { availability, type JobRecord, type Stage } from '../../domain/jobs/records.ts';
import { isSettled } from '../../domain/video/life-cycle.ts';
import type { Video } from '../../domain/video/video.ts';
import { endRun } from './ends.ts';
import { ensureExecution } from './executions.ts';
import { hear } from './mediaconvert/hear.ts';
import type { Services } from './services.ts';

type Parts = Omit<Services, 'media' | 'outstandingPerVideo'>;

/** A video that has changed within this time is being taken care of. */
const graceSeconds = 60;
/** A stage of which no job was finished for this long may have lost messages; sooner, they are likely waiting in line. */
const stalledSeconds = 600;
/** Videos looked at in one call: the longest untouched, each of which then goes to the end of the line. */
const videosPerCall = 25;

/**
 * Makes true what crashes, lost events and lost messages have left undone: every unsettled video has an execution, every
 * finished stage is released, every job whose turn it is has a message.
 * @throws AggregateError after all videos were looked at, if some could not be.
 */
export async function reconcile(services: Parts): Promise<{ looked: number }> {
  const { videos, now } = services;
  const unsettled = await videos.listUnsettled(now() - graceSeconds * 1000, videosPerCall);
  const outcomes = await Promise.allSettled(unsettled.map((video) => reconcileVideo(services, video)));
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  if (errors.length > 0)
    throw new AggregateError(errors, `${errors.length} of ${unsettled.length} videos were not reconciled`);
  return { looked: unsettled.length };
}

async function reconcileVideo(services: Parts, { videoId }: Video): Promise<void> {
  const { videos, executions, now } = services;
  // The index lags behind the record.
  const video = await videos.get(videoId);
  if (video === undefined || isSettled(video.state) || video.attempt === 0) return;
  const run: RunInput = { videoId, attempt: video.attempt };
  await videos.note(videoId, { attempt: run.attempt }, now());
  const progress = await ensureExecution(executions, { ...run, ownerId: video.ownerId }, video.firstExecution ?? 0);
  if (progress.state === 'over') await endRun(services, run, progress.reason);
  if (progress.state === 'running') for (const name of stageNames.options) await reconcileStage(services, run, name);
}

/** Releases the stage if there is reason to, and sends again what may have been lost. */
async function reconcileStage(services: Parts, run: RunInput, name: StageName): Promise<void> {
  const { jobs, releaseStage, now } = services;
  const stage = await jobs.getStage(run, name);
  if (stage === undefined) return;
  if (stage.closed || stage.remaining === 0) return releaseStage(stage);
  if (stage.activeAt <= now() - stalledSeconds * 1000) await sendAgain(services, run, stage);
}

async function sendAgain(services: Parts, run: RunInput, { name, taskToken }: Stage): Promise<void> {
  const { jobs, sendJobs, now } = services;
  const due = outstanding(await jobs.listJobs(run, name)).filter((job) => availability(job, now()) !== 'held');
  const messages = due.map(({ message }) => message).filter(isForWorkers);
  await sendJobs(messages.map((message) => (message.kind === 'prepare' ? { ...message, taskToken } : message)));
  const transcode = due.find(({ jobId }) => jobId === transcodeJob);
  if (transcode) await askMediaConvert(services, run, transcode);
  await jobs.stageResent(run, name, now());
}

/** What an event would have told that did not come. A job that was never made is the next execution's to make. */
async function askMediaConvert(services: Parts, run: RunInput, { workerId }: JobRecord): Promise<void> {
  if (workerId === undefined || services.transcoder === undefined) return;
  await hear(services, run, workerId, await services.transcoder.newsOf(workerId));
}
