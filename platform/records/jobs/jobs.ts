import { extraOf } from '../../../domain/jobs/extras.ts';
import { type JobMessage, jobId, maxTries, type RunInput, raisedPrefix } from '../../../domain/jobs/jobs.ts';
import { raisedPerMinute } from '../../../domain/jobs/raise.ts';
import { JobRecord } from '../../../domain/jobs/records.ts';
import { Plan } from '../../../domain/media/plan.ts';
import type { Dynamo } from '../../clients/dynamo.ts';
import { jobItem, planItem, stageItem } from './items.ts';
import { type Leases, leaseRecords } from './leases.ts';
import { runItems } from './run-items.ts';
import { type Stages, stageRecords } from './stages.ts';

/** Jobs of a run, by id. */
export interface JobPage {
  readonly jobs: JobRecord[];
  readonly cursor: string | null;
}

/**
 * Access to the records of runs: the plan, the stages, the jobs. Reads are strongly consistent, writes are conditional,
 * and any of them may be repeated. `now` in milliseconds since the epoch.
 */
export interface Jobs extends Stages, Leases {
  readonly putPlan: (run: RunInput, plan: Plan) => Promise<void>;
  readonly getPlan: (run: RunInput) => Promise<Plan | undefined>;
  /** Writes a job that counts in no stage, unless it is there: true for the one caller that wrote it, who sends its message. */
  readonly createJob: (run: RunInput, message: JobMessage) => Promise<boolean>;
  /** Counts one more segment raised of the run; false, and it is not counted, if it would be one too many (domain/jobs/raise.ts). */
  readonly countRaised: (run: RunInput, now: number) => Promise<boolean>;
  readonly getJob: (run: RunInput, jobId: string) => Promise<JobRecord | undefined>;
  /** All jobs of a run, those too that count in no stage; `cursor` is the id of the last one seen. */
  readonly pageOfJobs: (run: RunInput, page: { limit: number; cursor: string | undefined }) => Promise<JobPage>;
  /** The jobs of segments that viewers have asked for. */
  readonly listRaised: (run: RunInput) => Promise<JobRecord[]>;
  /** Lets a job that has been tried as often as it may be tried as a new one: true for the one caller who did, and sends its message. */
  readonly renew: (run: RunInput, jobId: string) => Promise<boolean>;
  /**
   * Opens the stages of a failed run again: what is done stays; what is not, raised or planned, and what was given up, may be tried as
   * often as a new job.
   */
  readonly reopen: (run: RunInput) => Promise<void>;
}

/** A job that is done, to be tried like one that never was. */
const asNew = {
  UpdateExpression: 'SET #state = :queued, tries = :none REMOVE #result',
  ConditionExpression: '#state = :done',
  ExpressionAttributeNames: { '#state': 'state', '#result': 'result' },
  ExpressionAttributeValues: { ':queued': 'queued', ':done': 'done', ':none': 0 },
};
/** Its stage. */
const oneMore = {
  UpdateExpression: 'SET remaining = remaining + :one',
  ExpressionAttributeValues: { ':one': 1 },
};

export function jobRecords(dynamo: Dynamo, table: string): Jobs {
  const items = runItems(dynamo, table);
  const { unclose, ...stages } = stageRecords(items);
  const getJob: Jobs['getJob'] = async (run, id) => {
    const item = await items.get(run, jobItem(id));
    return item && JobRecord.parse(item);
  };
  const allJobs = async (run: RunInput) => (await items.list(run, jobItem(''))).map((item) => JobRecord.parse(item));
  return {
    ...stages,
    ...leaseRecords(items, { getJob, getStage: stages.getStage }),
    getJob,
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
      for (const { jobId: id, state, stage, message, result } of await allJobs(run)) {
        if (state !== 'done') await renew(id);
        // What a chunk has made with its segments is not worth the segments again: only jobs that made nothing.
        else if (stage && result?.missing && extraOf(message)) {
          await items.updateAll(run, [
            { item: jobItem(id), change: asNew },
            { item: stageItem(stage), change: oneMore },
          ]);
        }
      }
      await unclose(run);
    },
  };
}
