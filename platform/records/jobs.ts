import { extraOf, type MissingExtra } from '../../domain/jobs/extras.ts';
import {
  type Job,
  type JobMessage,
  jobId,
  leaseSeconds,
  maxTries,
  type RunInput,
  raisedPrefix,
  StageName,
} from '../../domain/jobs/jobs.ts';
import { successor } from '../../domain/jobs/order.ts';
import { raisedPerMinute } from '../../domain/jobs/raise.ts';
import { availability, JobRecord, Stage } from '../../domain/jobs/records.ts';
import type { JobResult } from '../../domain/jobs/results.ts';
import { Plan } from '../../domain/media/plan.ts';
import { Reason } from '../../domain/video/reasons.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { asDone, asGivenUp, asNew, byHolder, type Lease, oneLess, oneMore } from './job-changes.ts';
import { type Change, runItems } from './run-items.ts';

export type { Lease } from './job-changes.ts';

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

/** Jobs of a run, by id. */
export interface JobPage {
  readonly jobs: JobRecord[];
  readonly cursor: string | null;
}

/**
 * Access to the records of runs: the plan, the stages, the jobs. Reads are strongly consistent, writes are conditional,
 * and any of them may be repeated. `now` in milliseconds since the epoch.
 */
export interface Jobs {
  readonly putPlan: (run: RunInput, plan: Plan) => Promise<void>;
  readonly getPlan: (run: RunInput) => Promise<Plan | undefined>;
  /**
   * Writes the jobs, in their order of work, then the stage. Opened again, it takes the new token, keeps what is done and
   * answers how much is left. `outstanding`: how many of their messages there may be at a time.
   */
  readonly openStage: (
    run: RunInput,
    name: StageName,
    stage: { taskToken: string; jobs: readonly Job[]; outstanding?: number },
    now: number,
  ) => Promise<Stage>;
  readonly getStage: (run: RunInput, name: StageName) => Promise<Stage | undefined>;
  /** Ends a stage for this reason, unless it has ended for another: the stage after. */
  readonly closeStage: (run: RunInput, name: StageName, reason: Reason) => Promise<Stage | undefined>;
  /** Notes that the messages of a stage were sent again. */
  readonly stageResent: (run: RunInput, name: StageName, now: number) => Promise<void>;
  /** Writes a job that counts in no stage, unless it is there: true for the one caller that wrote it, who sends its message. */
  readonly createJob: (run: RunInput, message: JobMessage) => Promise<boolean>;
  /** Counts one more segment raised of the run; false, and it is not counted, if it would be one too many (domain/jobs/raise.ts). */
  readonly countRaised: (run: RunInput, now: number) => Promise<boolean>;
  readonly getJob: (run: RunInput, jobId: string) => Promise<JobRecord | undefined>;
  readonly listJobs: (run: RunInput, stage: StageName) => Promise<JobRecord[]>;
  /** All jobs of a run, those too that count in no stage; `cursor` is the id of the last one seen. */
  readonly pageOfJobs: (run: RunInput, page: { limit: number; cursor: string | undefined }) => Promise<JobPage>;
  /** The jobs of segments that viewers have asked for. */
  readonly listRaised: (run: RunInput) => Promise<JobRecord[]>;
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
  /** Lets a job that has been tried as often as it may be tried as a new one: true for the one caller who did, and sends its message. */
  readonly renew: (run: RunInput, jobId: string) => Promise<boolean>;
  /**
   * Opens the stages of a failed run again: what is done stays; what is not, raised or planned, and what was given up, may be tried as
   * often as a new job.
   */
  readonly reopen: (run: RunInput) => Promise<void>;
}

const planItem = 'plan';
const stageItem = (name: StageName) => `stage#${name}`;
const jobItem = (id: string) => `job#${id}`;

const leaseEnd = (now: number) => now + leaseSeconds * 1000;

export function jobRecords(dynamo: Dynamo, table: string): Jobs {
  const items = runItems(dynamo, table);

  const getStage: Jobs['getStage'] = async (run, name) => {
    const item = await items.get(run, stageItem(name));
    return item && Stage.parse(item);
  };
  /** The stage after the change; undefined if there is none. */
  const changeStage = async (
    run: RunInput,
    name: StageName,
    UpdateExpression: string,
    values?: Record<string, unknown>,
  ) => {
    const item = await items.update(run, stageItem(name), {
      UpdateExpression,
      ConditionExpression: 'attribute_exists(run)',
      ...(values && { ExpressionAttributeValues: values }),
    });
    return item && Stage.parse(item);
  };
  const getJob: Jobs['getJob'] = async (run, id) => {
    const item = await items.get(run, jobItem(id));
    return item && JobRecord.parse(item);
  };
  const allJobs = async (run: RunInput) => (await items.list(run, jobItem(''))).map((item) => JobRecord.parse(item));
  /** Makes a job done by this change, and its stage has one less remaining, once. */
  const endInStage = async ({ run, jobId: id }: Lease, stage: StageName, change: Change, now: number) => {
    const ended = await items.updateAll(run, [
      { item: jobItem(id), change },
      { item: stageItem(stage), change: oneLess(now) },
    ]);
    if (!ended && (await getJob(run, id))?.state !== 'done') return undefined;
    return getStage(run, stage);
  };
  const listJobs: Jobs['listJobs'] = async (run, stage) => (await allJobs(run)).filter((job) => job.stage === stage);

  /** Writes those jobs that are not there; another caller may be doing the same. */
  const createJobs = async (run: RunInput, stage: StageName, messages: readonly Job[], outstanding?: number) => {
    const records = messages.map((message, i): JobRecord => {
      const next = successor(messages, i, outstanding);
      const order = next && { successor: jobId(next) };
      return { jobId: jobId(message), stage, message, state: 'queued', tries: 0, ...order };
    });
    for (let all = false; !all; ) {
      const present = new Set((await listJobs(run, stage)).map((job) => job.jobId));
      const missing = records.filter((job) => !present.has(job.jobId));
      all = await items.create(
        run,
        missing.map((job) => ({ item: jobItem(job.jobId), attributes: JobRecord.parse(job) })),
      );
    }
  };

  return {
    getStage,
    getJob,
    listJobs,
    async pageOfJobs(run, { limit, cursor }) {
      const page = await items.page(run, jobItem(''), { limit, after: cursor && jobItem(cursor) });
      const jobs = page.items.map((item) => JobRecord.parse(item));
      return { jobs, cursor: page.isLast ? null : (jobs.at(-1)?.jobId ?? null) };
    },
    listRaised: async (run) => (await items.list(run, jobItem(raisedPrefix))).map((item) => JobRecord.parse(item)),
    // For good: rungs on demand are encoded by it whenever. As a string: the plan is only ever read whole, and a string costs a third of a map's bytes.
    putPlan: (run, plan) => items.put(run, planItem, { plan: JSON.stringify(Plan.parse(plan)) }),
    async getPlan(run) {
      const item = await items.get(run, planItem);
      return item && Plan.parse(JSON.parse(String(item['plan'])));
    },
    async openStage(run, name, { taskToken, jobs, outstanding }, now) {
      for (;;) {
        const reopened = await changeStage(run, name, 'SET taskToken = :token', { ':token': taskToken });
        if (reopened) return reopened;
        // No worker can have finished a job before the stage is there, so all of them remain when it comes to be.
        await createJobs(run, name, jobs, outstanding);
        const stage = Stage.parse({ name, taskToken, total: jobs.length, remaining: jobs.length, activeAt: now });
        if (await items.create(run, [{ item: stageItem(name), attributes: stage }])) return stage;
        // Another caller opened it meanwhile: take the token over.
      }
    },
    closeStage: (run, name, reason) =>
      changeStage(run, name, 'SET closed = if_not_exists(closed, :reason)', { ':reason': Reason.parse(reason) }),
    async stageResent(run, name, now) {
      await changeStage(run, name, 'SET activeAt = :now', { ':now': now });
    },
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
    createJob: (run, message) =>
      items.create(run, [
        {
          item: jobItem(jobId(message)),
          attributes: JobRecord.parse({ jobId: jobId(message), message, state: 'queued', tries: 0 }),
        },
      ]),
    async countRaised(run, now) {
      const minute = Math.floor(now / 60_000);
      const counted = await items.update(run, `raised#${minute}`, {
        UpdateExpression: 'ADD raised :one SET expiresAtSeconds = :removal',
        ConditionExpression: 'attribute_not_exists(raised) OR raised < :max',
        ExpressionAttributeValues: { ':one': 1, ':max': raisedPerMinute, ':removal': (minute + 2) * 60 },
      });
      return counted !== undefined;
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
    async renew(run, id) {
      const renewed = await items.update(run, jobItem(id), {
        UpdateExpression: 'SET #state = :queued, tries = :none REMOVE leaseExpiresAt',
        ConditionExpression: 'tries >= :max AND #state <> :done',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':queued': 'queued', ':none': 0, ':max': maxTries, ':done': 'done' },
      });
      return renewed !== undefined;
    },
    async reopen(run) {
      /** A job that a worker is at, for all that it was given up, has one try behind it. */
      const renew = async (id: string) => {
        for (const [state, tries] of Object.entries({ queued: 0, running: 1 })) {
          const renewed = await items.update(run, jobItem(id), {
            UpdateExpression: 'SET tries = :tries',
            ConditionExpression: '#state = :state',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':state': state, ':tries': tries },
          });
          if (renewed) return;
        }
      };
      /** What a chunk made with its segments is not worth the segments again: only jobs that made nothing. */
      const tryAgain = (id: string, stage: StageName) =>
        items.updateAll(run, [
          { item: jobItem(id), change: asNew },
          { item: stageItem(stage), change: oneMore },
        ]);
      for (const { jobId: id, state, stage, message, result } of await allJobs(run)) {
        if (state !== 'done') await renew(id);
        else if (stage && result?.missing && extraOf(message)) await tryAgain(id, stage);
      }
      for (const name of StageName.options) await changeStage(run, name, 'REMOVE closed');
    },
  };
}
