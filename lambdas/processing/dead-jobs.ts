import { isForWorkers, type JobMessage, jobId, stageOf } from '../../domain/jobs/jobs.ts';
import { availability, exhaustedReason, type JobRecord } from '../../domain/jobs/records.ts';
import { endJob } from '../../platform/job-endings.ts';
import { stageFor } from '../../platform/stage-release.ts';
import type { Services } from './services.ts';

/** What became of a dead letter. `held`: a worker is at the job and alive, so it is too early to say. */
export type Burial = 'forgotten' | 'released' | 'failed' | 'given up' | 'sent again' | 'held';

/**
 * Judges a message that was received too often. The record says what that means: mostly that workers died of the job,
 * which fails its stage, or leaves it without an extra; but a message can also be a second one of a job that is done, or is doing well.
 */
export async function buryJob(
  { jobs, sendJobs, releaseStage, now }: Pick<Services, 'jobs' | 'sendJobs' | 'releaseStage' | 'now'>,
  message: JobMessage,
): Promise<Burial> {
  const run = { videoId: message.videoId, attempt: message.attempt };
  const name = stageOf(message.kind);
  const job = await jobs.getJob(run, jobId(message));
  if (name === undefined) return buryAlone({ sendJobs, now }, message, job);
  const stage = await jobs.getStage(run, name);
  if (job === undefined || stage === undefined) {
    // Only prepare makes its own records: none yet means that no worker has got as far as looking at it.
    if (message.kind !== 'prepare') return 'forgotten';
    await sendJobs([message]);
    return 'sent again';
  }
  const found = stage.closed ? 'done' : availability(job, now());
  switch (found) {
    case 'held':
      return 'held';
    case 'free':
      await sendJobs([message]);
      return 'sent again';
    case 'done':
      await releaseStage(stageFor(message, stage));
      return 'released';
    case 'exhausted': {
      const lease = { run, jobId: job.jobId, workerId: 'none' };
      const ended = await endJob(jobs, lease, message, { reason: exhaustedReason(job), log: job.lastLog }, now());
      if (ended === undefined) return 'held';
      const next = ended.closed || job.successor === undefined ? undefined : await jobs.getJob(run, job.successor);
      if (next?.state === 'queued' && isForWorkers(next.message)) await sendJobs([next.message]);
      await releaseStage(stageFor(message, ended));
      return ended.closed ? 'failed' : 'given up';
    }
  }
}

/** A job that counts in no stage: who waits for it gives up by themselves, and asks again. */
async function buryAlone(
  { sendJobs, now }: Pick<Services, 'sendJobs' | 'now'>,
  message: JobMessage,
  job: JobRecord | undefined,
): Promise<Burial> {
  const found = job === undefined ? 'done' : availability(job, now());
  if (found === 'held') return 'held';
  if (found !== 'free') return 'forgotten';
  await sendJobs([message]);
  return 'sent again';
}
