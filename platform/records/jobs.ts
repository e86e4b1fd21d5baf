import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type JobMessage, jobId, leaseSeconds, maxTries, type RunInput, type StageName, stageOf } from '../../domain/jobs/jobs.ts';
import { successor } from '../../domain/jobs/order.ts';
import { availability, JobRecord, Stage } from '../../domain/jobs/records.ts';
import { JobResult } from '../../domain/jobs/results.ts';
import { Plan } from '../../domain/media/plan.ts';
import { Reason } from '../../domain/video/reasons.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { retryConflicts } from './conflicts.ts';

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

/**
 * Access to the records of runs: the plan, the stages, the jobs. Reads are strongly consistent, writes are conditional,
 * and any of them may be repeated. `now` in milliseconds since the epoch.
 */
export interface Jobs {
  readonly putPlan: (run: RunInput, plan: Plan) => Promise<void>;
  readonly getPlan: (run: RunInput) => Promise<Plan | undefined>;
  /**
   * Writes the jobs, in their order of work, then the stage. Opened again, it takes the new token, keeps what is done and
   * answers how much is left.
   */
  readonly openStage: (run: RunInput, name: StageName, stage: { taskToken: string; jobs: readonly JobMessage[] }, now: number) => Promise<Stage>;
  readonly getStage: (run: RunInput, name: StageName) => Promise<Stage | undefined>;
  /** Ends a stage for this reason, unless it has ended for another: the stage after. */
  readonly closeStage: (run: RunInput, name: StageName, reason: Reason) => Promise<Stage | undefined>;
  /** Notes that the messages of a stage were sent again. */
  readonly stageResent: (run: RunInput, name: StageName, now: number) => Promise<void>;
  readonly getJob: (run: RunInput, jobId: string) => Promise<JobRecord | undefined>;
  readonly listJobs: (run: RunInput, stage: StageName) => Promise<JobRecord[]>;
  readonly claim: (lease: Lease, now: number) => Promise<Claim>;
  /** Extends the lease; false if it is no longer this worker's. */
  readonly heartbeat: (lease: Lease, now: number) => Promise<boolean>;
  /**
   * In one transaction the job is done and its stage has one less remaining. Answers the stage after, also when the job
   * had been done before; undefined if the lease was lost and the job is not done.
   */
  readonly finish: (lease: Lease, stage: StageName, result: JobResult, now: number) => Promise<Stage | undefined>;
  /** Gives an unfinished job back, as if it had never been tried; false if it was not this worker's. */
  readonly handBack: (lease: Lease) => Promise<boolean>;
  /** Ends a failed try: the record after, or undefined if it was not this worker's. */
  readonly recordFailure: (lease: Lease, lastError: Reason) => Promise<JobRecord | undefined>;
}

/** Long enough to look into what happened last month. */
const retentionSeconds = 30 * 24 * 3600;
/** DynamoDB's limit of actions in a transaction. */
const transactionSize = 100;

const planItem = 'plan';
const stageItem = (name: StageName) => `stage#${name}`;
const jobItem = (id: string) => `job#${id}`;

const mine = {
  ConditionExpression: '#state = :running AND workerId = :me',
  names: { '#state': 'state' },
  values: (lease: Lease) => ({ ':running': 'running', ':me': lease.workerId }),
};

export function jobRecords(dynamo: Dynamo, table: string): Jobs {
  const key = ({ videoId, attempt }: RunInput, item: string) => ({ run: `${videoId}#${attempt}`, item });
  const lifetime = () => ({ expiresAtSeconds: Math.floor(Date.now() / 1000) + retentionSeconds });

  const get = async (run: RunInput, item: string) =>
    (await dynamo.send(new GetCommand({ TableName: table, Key: key(run, item), ConsistentRead: true }))).Item;

  /** The item after the update, or undefined if its condition did not hold. */
  const update = async (run: RunInput, item: string, what: Omit<UpdateCommandInput, 'TableName' | 'Key'>) => {
    const command = new UpdateCommand({ TableName: table, Key: key(run, item), ReturnValues: 'ALL_NEW', ...what });
    try {
      return (await retryConflicts(() => dynamo.send(command))).Attributes;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };

  const getStage: Jobs['getStage'] = async (run, name) => {
    const item = await get(run, stageItem(name));
    return item && Stage.parse(item);
  };
  const getJob: Jobs['getJob'] = async (run, id) => {
    const item = await get(run, jobItem(id));
    return item && JobRecord.parse(item);
  };
  const listJobs: Jobs['listJobs'] = async (run, stage) => {
    const jobs: JobRecord[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await dynamo.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'run = :run AND begins_with(#item, :jobs)',
          ExpressionAttributeNames: { '#item': 'item' },
          ExpressionAttributeValues: { ':run': key(run, '').run, ':jobs': jobItem('') },
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      jobs.push(...(page.Items ?? []).map((item) => JobRecord.parse(item)));
      from = page.LastEvaluatedKey;
    } while (from);
    return jobs.filter((job) => job.stage === stage);
  };

  /** Writes those jobs that are not there; another caller may be doing the same. */
  const createJobs = async (run: RunInput, name: StageName, messages: readonly JobMessage[]) => {
    const records = messages.map((message, i): JobRecord => {
      const next = successor(messages, i);
      return { jobId: jobId(message), stage: name, message, state: 'queued', tries: 0, ...(next && { successor: jobId(next) }) };
    });
    const put = (job: JobRecord) => ({
      Put: {
        TableName: table,
        Item: { ...key(run, jobItem(job.jobId)), ...JobRecord.parse(job), ...lifetime() },
        ConditionExpression: 'attribute_not_exists(run)',
      },
    });
    for (;;) {
      const present = new Set((await listJobs(run, name)).map((job) => job.jobId));
      const missing = records.filter((job) => !present.has(job.jobId));
      if (missing.length === 0) return;
      try {
        for (let from = 0; from < missing.length; from += transactionSize) {
          const TransactItems = missing.slice(from, from + transactionSize).map(put);
          await retryConflicts(() => dynamo.send(new TransactWriteCommand({ TransactItems })));
        }
      } catch (error) {
        if (!conditionFailed(error)) throw error;
        // Another caller has written some of them meanwhile: look again.
      }
    }
  };

  return {
    getStage,
    getJob,
    listJobs,
    async putPlan(run, plan) {
      // As a string: the plan is only ever read whole, and a string costs a third of a map's bytes.
      const Item = { ...key(run, planItem), plan: JSON.stringify(Plan.parse(plan)), ...lifetime() };
      await dynamo.send(new PutCommand({ TableName: table, Item }));
    },
    async getPlan(run) {
      const item = await get(run, planItem);
      return item && Plan.parse(JSON.parse(String(item['plan'])));
    },
    async openStage(run, name, { taskToken, jobs }, now) {
      for (;;) {
        const reopened = await update(run, stageItem(name), {
          UpdateExpression: 'SET taskToken = :token',
          ConditionExpression: 'attribute_exists(run)',
          ExpressionAttributeValues: { ':token': taskToken },
        });
        if (reopened) return Stage.parse(reopened);
        // No worker can have finished a job before the stage is there, so all of them remain when it comes to be.
        await createJobs(run, name, jobs);
        const stage = Stage.parse({ name, taskToken, total: jobs.length, remaining: jobs.length, activeAt: now });
        try {
          await dynamo.send(
            new PutCommand({
              TableName: table,
              Item: { ...key(run, stageItem(name)), ...stage, ...lifetime() },
              ConditionExpression: 'attribute_not_exists(run)',
            }),
          );
          return stage;
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          // Another caller opened it meanwhile: take the token over.
        }
      }
    },
    async closeStage(run, name, reason) {
      const closed = await update(run, stageItem(name), {
        UpdateExpression: 'SET closed = if_not_exists(closed, :reason)',
        ConditionExpression: 'attribute_exists(run)',
        ExpressionAttributeValues: { ':reason': Reason.parse(reason) },
      });
      return closed && Stage.parse(closed);
    },
    async stageResent(run, name, now) {
      await update(run, stageItem(name), {
        UpdateExpression: 'SET activeAt = :now',
        ConditionExpression: 'attribute_exists(run)',
        ExpressionAttributeValues: { ':now': now },
      });
    },
    async claim({ run, jobId: id, workerId }, now) {
      for (;;) {
        const claimed = await update(run, jobItem(id), {
          UpdateExpression: 'SET #state = :running, workerId = :me, leaseExpiresAt = :until, tries = tries + :one',
          ConditionExpression: 'tries < :max AND (#state = :queued OR (#state = :running AND leaseExpiresAt <= :now))',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':running': 'running',
            ':queued': 'queued',
            ':me': workerId,
            ':now': now,
            ':until': now + leaseSeconds * 1000,
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
      const held = await update(lease.run, jobItem(lease.jobId), {
        UpdateExpression: 'SET leaseExpiresAt = :until',
        ConditionExpression: mine.ConditionExpression,
        ExpressionAttributeNames: mine.names,
        ExpressionAttributeValues: { ...mine.values(lease), ':until': now + leaseSeconds * 1000 },
      });
      return held !== undefined;
    },
    async finish(lease, stage, result, now) {
      const transaction = new TransactWriteCommand({
        TransactItems: [
          {
            Update: {
              TableName: table,
              Key: key(lease.run, jobItem(lease.jobId)),
              UpdateExpression: 'SET #state = :done, #result = :result REMOVE leaseExpiresAt',
              ConditionExpression: mine.ConditionExpression,
              ExpressionAttributeNames: { ...mine.names, '#result': 'result' },
              ExpressionAttributeValues: { ...mine.values(lease), ':done': 'done', ':result': JobResult.parse(result) },
            },
          },
          {
            Update: {
              TableName: table,
              Key: key(lease.run, stageItem(stage)),
              UpdateExpression: 'SET remaining = remaining - :one, activeAt = :now',
              ConditionExpression: 'remaining > :zero',
              ExpressionAttributeValues: { ':one': 1, ':zero': 0, ':now': now },
            },
          },
        ],
      });
      try {
        await retryConflicts(() => dynamo.send(transaction));
      } catch (error) {
        if (!conditionFailed(error)) throw error;
        if ((await getJob(lease.run, lease.jobId))?.state !== 'done') return undefined;
      }
      return getStage(lease.run, stage);
    },
    async handBack(lease) {
      const given = await update(lease.run, jobItem(lease.jobId), {
        UpdateExpression: 'SET #state = :queued, tries = tries - :one REMOVE workerId, leaseExpiresAt',
        ConditionExpression: mine.ConditionExpression,
        ExpressionAttributeNames: mine.names,
        ExpressionAttributeValues: { ...mine.values(lease), ':queued': 'queued', ':one': 1 },
      });
      return given !== undefined;
    },
    async recordFailure(lease, lastError) {
      const failed = await update(lease.run, jobItem(lease.jobId), {
        UpdateExpression: 'SET #state = :queued, lastError = :error REMOVE workerId, leaseExpiresAt',
        ConditionExpression: mine.ConditionExpression,
        ExpressionAttributeNames: mine.names,
        ExpressionAttributeValues: { ...mine.values(lease), ':queued': 'queued', ':error': Reason.parse(lastError) },
      });
      return failed && JobRecord.parse(failed);
    },
  };
}

const conditionFailed = (error: unknown) =>
  error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some((r) => r.Code === 'ConditionalCheckFailed');
