import type { MissingExtra } from '../../../domain/jobs/extras.ts';
import { leaseSeconds, maxTries, type RunInput, type StageName } from '../../../domain/jobs/jobs.ts';
import { availability, JobRecord, type Stage } from '../../../domain/jobs/records.ts';
import { JobResult, resultWithout } from '../../../domain/jobs/results.ts';
import { Reason } from '../../../domain/video/reasons.ts';
import { jobItem, stageItem } from './items.ts';
import type { Change, RunItems } from './run-items.ts';

/** A worker's hold on a job. */
export interface Lease {
  readonly run: RunInput;
  readonly jobId: string;
  readonly workerId: string;
}

/** `held` until the lease of another worker ends (ms). `exhausted`: it failed as often as it may. `gone`: no such job. */
export type Claim =
  | { readonly outcome: 'claimed' | 'done' | 'exhausted'; readonly job: JobRecord }
  | { readonly outcome: 'held'; readonly until: number }
  | { readonly outcome: 'gone' };

/** What a try ended with and when (ms), and the key of its log, if there is one. */
export interface Failure {
  readonly lastError: Reason;
  readonly failedAt: number;
  readonly lastLog?: string | undefined;
}

/** What a worker does with a job: takes it, keeps it, ends it or gives it back. `now` in milliseconds since the epoch. */
export interface Leases {
  readonly claim: (lease: Lease, now: number) => Promise<Claim>;
  /** Extends the lease; false if it is no longer this worker's. */
  readonly heartbeat: (lease: Lease, now: number) => Promise<boolean>;
  /**
   * In one transaction the job is done and its stage has one less remaining. Answers the stage after, also when the job
   * had been done before; undefined if the lease was lost and the job is not done.
   */
  readonly finish: (lease: Lease, stage: StageName, result: JobResult, now: number) => Promise<Stage | undefined>;
  /** The same of a job that counts in no stage: false if the lease was lost and the job is not done. */
  readonly finishAlone: (lease: Lease, result: JobResult) => Promise<boolean>;
  /**
   * The same of a job without which its stage goes on: it is done, and has made nothing. By the worker that has it, or by anybody
   * once it has been tried as often as it may be.
   */
  readonly giveUp: (lease: Lease, stage: StageName, missing: MissingExtra, now: number) => Promise<Stage | undefined>;
  /** Gives an unfinished job back, as if it had never been tried; false if it was not this worker's. */
  readonly handBack: (lease: Lease) => Promise<boolean>;
  /** Ends a failed try: the record after, or undefined if it was not this worker's. */
  readonly recordFailure: (lease: Lease, failure: Failure) => Promise<JobRecord | undefined>;
}

/** A change of a job that is asked for by the worker that runs it. */
const byHolder = (
  lease: Lease,
  UpdateExpression: string,
  names: Record<string, string>,
  values: Record<string, unknown>,
) => ({
  UpdateExpression,
  ConditionExpression: '#state = :running AND workerId = :me',
  ExpressionAttributeNames: { '#state': 'state', ...names },
  ExpressionAttributeValues: { ':running': 'running', ':me': lease.workerId, ...values },
});

const asDone = (lease: Lease, result: JobResult) =>
  byHolder(
    lease,
    'SET #state = :done, #result = :result REMOVE leaseExpiresAt',
    { '#result': 'result' },
    { ':done': 'done', ':result': JobResult.parse(result) },
  );

/** The same, whoever asks, of a job that nobody may try any more. */
const asGivenUp = (lease: Lease, missing: MissingExtra, now: number) => {
  const { ExpressionAttributeValues, ConditionExpression, ...change } = asDone(lease, resultWithout(missing));
  return {
    ...change,
    ConditionExpression: `(${ConditionExpression}) OR (tries >= :max AND (#state = :queued OR (#state = :running AND leaseExpiresAt <= :now)))`,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ':queued': 'queued', ':max': maxTries, ':now': now },
  };
};

const leaseEnd = (now: number) => now + leaseSeconds * 1000;

/** What a lease is held against: the records as they stand. */
interface Read {
  readonly getJob: (run: RunInput, jobId: string) => Promise<JobRecord | undefined>;
  readonly getStage: (run: RunInput, name: StageName) => Promise<Stage | undefined>;
}

export function leaseRecords(items: RunItems, { getJob, getStage }: Read): Leases {
  /** Makes a job done by this change, and its stage has one less remaining, once. */
  const endInStage = async ({ run, jobId: id }: Lease, stage: StageName, change: Change, now: number) => {
    const oneLess = {
      UpdateExpression: 'SET remaining = remaining - :one, activeAt = :now',
      ConditionExpression: 'remaining > :zero',
      ExpressionAttributeValues: { ':one': 1, ':zero': 0, ':now': now },
    };
    const ended = await items.updateAll(run, [
      { item: jobItem(id), change },
      { item: stageItem(stage), change: oneLess },
    ]);
    if (!ended && (await getJob(run, id))?.state !== 'done') return undefined;
    return getStage(run, stage);
  };
  return {
    async claim({ run, jobId: id, workerId }, now) {
      for (;;) {
        const claimed = await items.update(run, jobItem(id), {
          UpdateExpression: 'SET #state = :running, workerId = :me, leaseExpiresAt = :until, tries = tries + :one',
          ConditionExpression: 'tries < :max AND (#state = :queued OR (#state = :running AND leaseExpiresAt <= :now))',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':running': 'running',
            ':queued': 'queued',
            ':me': workerId,
            ':now': now,
            ':until': leaseEnd(now),
            ':one': 1,
            ':max': maxTries,
          },
        });
        if (claimed) return { outcome: 'claimed', job: JobRecord.parse(claimed) };
        const job = await getJob(run, id);
        if (job === undefined) return { outcome: 'gone' };
        const found = availability(job, now);
        if (found === 'held') return { outcome: 'held', until: job.leaseExpiresAt ?? now };
        if (found !== 'free') return { outcome: found, job };
        // It was given back between our write and our read: try again.
      }
    },
    async heartbeat(lease, now) {
      const change = byHolder(lease, 'SET leaseExpiresAt = :until', {}, { ':until': leaseEnd(now) });
      return (await items.update(lease.run, jobItem(lease.jobId), change)) !== undefined;
    },
    async finishAlone(lease, result) {
      if (await items.update(lease.run, jobItem(lease.jobId), asDone(lease, result))) return true;
      return (await getJob(lease.run, lease.jobId))?.state === 'done';
    },
    finish: (lease, stage, result, now) => endInStage(lease, stage, asDone(lease, result), now),
    giveUp: (lease, stage, missing, now) => endInStage(lease, stage, asGivenUp(lease, missing, now), now),
    async handBack(lease) {
      const change = byHolder(
        lease,
        'SET #state = :queued, tries = tries - :one REMOVE workerId, leaseExpiresAt',
        {},
        { ':queued': 'queued', ':one': 1 },
      );
      return (await items.update(lease.run, jobItem(lease.jobId), change)) !== undefined;
    },
    async recordFailure(lease, { lastError, failedAt, lastLog }) {
      const ended = { ':queued': 'queued', ':error': Reason.parse(lastError), ':at': failedAt };
      // The worker stays on record: who wants to know why it failed begins with it.
      const set = 'SET #state = :queued, lastError = :error, failedAt = :at';
      const change = byHolder(
        lease,
        lastLog === undefined
          ? `${set} REMOVE leaseExpiresAt, lastLog`
          : `${set}, lastLog = :log REMOVE leaseExpiresAt`,
        {},
        lastLog === undefined ? ended : { ...ended, ':log': lastLog },
      );
      const failed = await items.update(lease.run, jobItem(lease.jobId), change);
      return failed && JobRecord.parse(failed);
    },
  };
}
