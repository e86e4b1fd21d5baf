import * as z from 'zod';
import { Reason, reasons } from '../video/reasons.ts';
import { Job, maxTries, StageName } from './jobs.ts';
import { JobResult } from './results.ts';

/** The record of one job: the truth about it. Times are milliseconds since the epoch. */
export const JobRecord = z.object({
  jobId: z.string(),
  /** Absent for a job that counts in no stage. */
  stage: StageName.optional(),
  message: Job,
  state: z.enum(['queued', 'running', 'done']),
  /** Counted when a worker claims the job, so that a worker that dies of it counts too. */
  tries: z.int().nonnegative(),
  /** The job to send when this one is finished. */
  successor: z.string().optional(),
  /** Who works on it, and until when without another heartbeat; while running. */
  workerId: z.string().optional(),
  leaseExpiresAt: z.int().optional(),
  /** What the last failed try ended with. */
  lastError: Reason.optional(),
  /** When it ended. Records of before do not say. */
  failedAt: z.int().optional(),
  /** Key, in the uploads bucket, of what its program said meanwhile. */
  lastLog: z.string().optional(),
  /** Once done. */
  result: JobResult.optional(),
});
export type JobRecord = z.infer<typeof JobRecord>;

/** The record of one stage of a run: how much is left, and the task token to release when nothing is. */
export const Stage = z.object({
  name: StageName,
  taskToken: z.string(),
  total: z.int().positive(),
  remaining: z.int().nonnegative(),
  /** Why the stage ended without being finished: nobody works for it any more. */
  closed: Reason.optional(),
  /** When a job of it was last finished, or its messages last sent. */
  activeAt: z.int(),
});
export type Stage = z.infer<typeof Stage>;

/** Whether a worker may take the job, and if not, why. */
export type Availability = 'free' | 'held' | 'done' | 'exhausted';

/**
 * `held`: somebody works on it and is alive. `exhausted`: it is nobody's, and has been tried as often as it may be.
 * `now` in milliseconds since the epoch.
 */
export function availability(job: Pick<JobRecord, 'state' | 'tries' | 'leaseExpiresAt'>, now: number): Availability {
  if (job.state === 'done') return 'done';
  if (job.state === 'running' && (job.leaseExpiresAt ?? 0) > now) return 'held';
  return job.tries >= maxTries ? 'exhausted' : 'free';
}

/** So long after its last try a job that a viewer waits for may be tried anew, seconds. */
export const raisedAgainAfterSeconds = 300;

/**
 * Whether an exhausted job that counts in no stage may be tried as a new one when somebody asks again: an outage takes all its tries
 * in a minute, and passes; a file that is at fault stays as it is. `now` in milliseconds since the epoch.
 */
export function mayBeRaisedAgain(
  job: Pick<JobRecord, 'state' | 'tries' | 'leaseExpiresAt' | 'failedAt' | 'lastError'>,
  now: number,
): boolean {
  if (availability(job, now) !== 'exhausted') return false;
  if (job.lastError && reasons[job.lastError.code].end === 'rejected') return false;
  return (job.failedAt ?? job.leaseExpiresAt ?? 0) <= now - raisedAgainAfterSeconds * 1000;
}

/** What to tell of a job that failed as often as it may: what was seen last, or that its workers died of it. */
export const exhaustedReason = (job: Pick<JobRecord, 'jobId' | 'tries' | 'lastError'>): Reason =>
  job.lastError ?? { code: 'encode-failed', detail: `${job.jobId}: the worker was lost, ${job.tries} times` };
