import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { MissingExtra } from '../domain/jobs/extras.ts';
import {
  isForWorkers,
  type JobKind,
  jobId,
  type MessageOf,
  retryDelaySeconds,
  stageOf,
  visibilityTimeoutSeconds,
} from '../domain/jobs/jobs.ts';
import { availability, exhaustedReason, type JobRecord, type Stage } from '../domain/jobs/records.ts';
import type { JobResult } from '../domain/jobs/results.ts';
import { isWanted } from '../domain/jobs/wanted.ts';
import type { Reason } from '../domain/video/reasons.ts';
import { endJob } from '../platform/job-endings.ts';
import type { SendJobs } from '../platform/job-queues.ts';
import type { Lease } from '../platform/records/jobs/leases.ts';
import { type ReleaseStage, stageFor } from '../platform/stage-release.ts';
import type { JobContext, JobHandlers } from './context.ts';
import type { Delivery } from './deliveries.ts';
import { faultReason, LeaseLost, Rejection, Unwanted } from './failures.ts';
import { heartbeat } from './heartbeat.ts';
import { type KeepLog, saidBy } from './try-log.ts';

/** What a worker is. */
export interface Worker {
  readonly id: string;
  readonly handlers: JobHandlers;
  /** What all its jobs are given alike. */
  readonly shared: Omit<JobContext, 'scratch' | 'signal' | 'tryExtra'>;
  readonly sendJobs: SendJobs;
  readonly releaseStage: ReleaseStage;
  readonly keepLog: KeepLog;
  /** Aborted when the worker is to stop. */
  readonly stopping: AbortSignal;
}

/**
 * A job's whole life. The record is the truth and the message only a reason to look at it, so every step may be repeated:
 * whatever a crash leaves undone is done when the message comes again.
 */
export async function runJob(worker: Worker, delivery: Delivery): Promise<void> {
  const { message } = delivery;
  const { jobs, videos, now, log } = worker.shared;
  const run = { videoId: message.videoId, attempt: message.attempt };
  const lease: Lease = { run, jobId: jobId(message), workerId: worker.id };
  const life: Life = {
    worker,
    delivery,
    lease,
    log: log.createChild({ persistentKeys: { ...run, job: lease.jobId } }),
  };

  const stage = await stageOfMessage(life);
  const countsIn = stageOf(message.kind);
  if (countsIn && stage === undefined) return delivery.delete();
  if (stage?.closed) return settle(life, stage);
  if (!isWanted(message, await videos.get(message.videoId))) {
    life.log.info('nobody wants the job any more');
    return settle(life, await closed(life, { code: 'cancelled', detail: `${lease.jobId}: not wanted any more` }));
  }
  const claim = await jobs.claim(lease, now());
  switch (claim.outcome) {
    case 'claimed':
      return work(life, claim.job);
    case 'held':
      // Looked at again when its worker would have died; it comes back to nothing if its worker has not.
      return delivery.hide(Math.max(1, Math.ceil((claim.until - now()) / 1000)));
    case 'done':
      return settle(life, countsIn && (await jobs.getStage(run, countsIn)), claim.job);
    case 'exhausted':
      return settle(life, await over(life, exhaustedReason(claim.job), claim.job.lastLog), claim.job);
    case 'gone':
      return delivery.delete();
  }
}

/** One delivery of one job to one worker. */
interface Life {
  readonly worker: Worker;
  readonly delivery: Delivery;
  readonly lease: Lease;
  readonly log: Logger;
}

/** Ends the stage that a job counts in for this reason. A job that counts in none ends alone: its run goes on. */
async function closed({ worker, delivery, lease }: Life, reason: Reason): Promise<Stage | undefined> {
  const name = stageOf(delivery.message.kind);
  return name && worker.shared.jobs.closeStage(lease.run, name, reason);
}

/** The same of a job that cannot be done; but its stage goes on without an extra. */
async function over({ worker, delivery, lease }: Life, reason: Reason, log?: string): Promise<Stage | undefined> {
  const { jobs, now } = worker.shared;
  return endJob(jobs, lease, delivery.message, { reason, log }, now());
}

/** Prepare is its stage's only job and comes with the token, so its message opens the stage; others find theirs open. */
async function stageOfMessage({ worker: { shared }, delivery: { message }, lease }: Life): Promise<Stage | undefined> {
  const { jobs, now } = shared;
  const name = stageOf(message.kind);
  if (message.kind !== 'prepare') return name && jobs.getStage(lease.run, name);
  return jobs.openStage(lease.run, 'prepare', { taskToken: message.taskToken, jobs: [message] }, now());
}

/** Does a claimed job, with a heartbeat beside it until its end is recorded. */
async function work(life: Life, job: JobRecord): Promise<void> {
  const { worker, delivery, lease, log } = life;
  const { jobs, now } = worker.shared;
  const started = now();
  const { signal: givenUp, stop } = heartbeat(() => beat(life));
  const signal = AbortSignal.any([worker.stopping, givenUp]);
  try {
    let result: JobResult;
    try {
      result = await handle(life, job, signal);
    } catch (fault) {
      return await endTry(life, job, signal, fault);
    }
    const name = stageOf(delivery.message.kind);
    const stage = name && (await jobs.finish(lease, name, result, now()));
    const finished = stage !== undefined || (name === undefined && (await jobs.finishAlone(lease, result)));
    if (!finished) return log.warn('finished a job that is no longer ours');
    log.info('job finished', { ms: now() - started, cpuSeconds: result.cpuSeconds, remaining: stage?.remaining });
    await settle(life, stage, job);
    // Beside a job of MediaConvert, which tells its own progress, workers make no chunks.
    if (stage && delivery.message.kind === 'chunk') await noteProgress(life, stage);
  } finally {
    stop();
  }
}

/** Extends the lease of a job that is being done, and looks whether it is still wanted. */
async function beat({ worker, delivery, lease }: Life): Promise<LeaseLost | Unwanted | undefined> {
  const { jobs, videos, now } = worker.shared;
  const [held, video] = await Promise.allSettled([
    jobs.heartbeat(lease, now()),
    videos.get(lease.run.videoId),
    delivery.hide(visibilityTimeoutSeconds),
  ]);
  // The lease decides. That a message could not be hidden matters not: whoever sees it finds the job held.
  if (held.status === 'rejected') throw held.reason;
  if (!held.value) return new LeaseLost();
  return video.status === 'fulfilled' && !isWanted(delivery.message, video.value) ? new Unwanted() : undefined;
}

/** Runs the handler of the job's kind in a directory of its own. */
async function handle(life: Life, tried: JobRecord, signal: AbortSignal): Promise<JobResult> {
  const { worker, delivery, lease, log } = life;
  const { message } = delivery;
  const scratch = await mkdtemp(join(worker.shared.env.SCRATCH_DIR, `${lease.jobId}-`));
  const missing: MissingExtra[] = [];
  const tryExtra: JobContext['tryExtra'] = async (extra, make) => {
    try {
      return await make();
    } catch (fault) {
      signal.throwIfAborted();
      log.error('an extra could not be made', { extra, error: asError(fault) });
      missing.push({ extra, reason: faultReason(fault), log: await keptLog(life, tried, fault) });
      return undefined;
    }
  };
  const call = <K extends JobKind>(kind: K, of: MessageOf<K>) =>
    worker.handlers[kind](of, { ...worker.shared, log, scratch, signal, tryExtra });
  try {
    signal.throwIfAborted();
    const result = await call(message.kind, message);
    return missing.length > 0 ? { ...result, missing } : result;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Ends a try that came to nothing. */
async function endTry(life: Life, tried: JobRecord, signal: AbortSignal, fault: unknown): Promise<void> {
  const { worker, delivery, lease, log } = life;
  const { jobs, now } = worker.shared;
  if (fault instanceof Rejection) {
    log.info('job rejected', { reason: fault.reason });
    const lastLog = await keptLog(life, tried, fault);
    const stage = await over(life, fault.reason, lastLog);
    await jobs.recordFailure(lease, { lastError: fault.reason, failedAt: now(), lastLog });
    return settle(life, stage, tried);
  }
  if (signal.reason instanceof LeaseLost) return log.warn('the lease was lost; another worker goes on');
  // Given up, it comes back at once to be dropped like all that nobody wants; or, wanted again meanwhile, to be done.
  if (worker.stopping.aborted || signal.reason instanceof Unwanted) {
    if (await jobs.handBack(lease)) await delivery.hide(0);
    return log.info('job handed back');
  }
  log.error('job failed', { error: asError(fault) });
  const lastLog = await keptLog(life, tried, fault);
  const job = await jobs.recordFailure(lease, { lastError: faultReason(fault), failedAt: now(), lastLog });
  if (job === undefined) return;
  if (availability(job, now()) === 'exhausted') {
    return settle(life, await over(life, exhaustedReason(job), job.lastLog), job);
  }
  await delivery.hide(retryDelaySeconds(job.tries));
}

/** The key of what the try's program said, if it failed by one. A log that cannot be kept keeps no try from its end. */
async function keptLog({ worker, log }: Life, tried: JobRecord, fault: unknown): Promise<string | undefined> {
  const said = saidBy(fault);
  if (said === undefined) return undefined;
  try {
    return await worker.keepLog(tried, said);
  } catch (error) {
    log.warn('the log of a try was not kept', { error: asError(error) });
    return undefined;
  }
}

/** What follows from the end of a job, or of its stage: the next job, the stage's release, the end of the message. */
async function settle({ worker, delivery, lease }: Life, stage: Stage | undefined, job?: JobRecord): Promise<void> {
  const { message } = delivery;
  if (stage && !stage.closed && job?.successor !== undefined) {
    const next = await worker.shared.jobs.getJob(lease.run, job.successor);
    if (next?.state === 'queued' && isForWorkers(next.message)) await worker.sendJobs([next.message]);
  }
  if (stage) await worker.releaseStage(stageFor(message, stage));
  await delivery.delete();
}

/** Progress is shown, not relied on: the job is done whether or not it can be told. */
async function noteProgress({ worker, lease: { run }, log }: Life, { total, remaining }: Stage): Promise<void> {
  const { videos, now } = worker.shared;
  try {
    await videos.note(run.videoId, { attempt: run.attempt, progress: (total - remaining) / total }, now());
  } catch (error) {
    log.warn('progress was not noted', { error: asError(error) });
  }
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
