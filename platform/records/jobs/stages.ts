import { type Job, jobId, type RunInput, StageName } from '../../../domain/jobs/jobs.ts';
import { successor } from '../../../domain/jobs/order.ts';
import { JobRecord, Stage } from '../../../domain/jobs/records.ts';
import { Reason } from '../../../domain/video/reasons.ts';
import { jobItem, stageItem } from './items.ts';
import type { RunItems } from './run-items.ts';

/** The stages of runs, each with the jobs that count in it. `now` in milliseconds since the epoch. */
export interface Stages {
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
  readonly listJobs: (run: RunInput, stage: StageName) => Promise<JobRecord[]>;
}

/** `unclose` takes the reasons away for which the stages of a run were ended. */
export function stageRecords(items: RunItems): Stages & { readonly unclose: (run: RunInput) => Promise<void> } {
  const getStage: Stages['getStage'] = async (run, name) => {
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
  const listJobs: Stages['listJobs'] = async (run, stage) =>
    (await items.list(run, jobItem(''))).map((item) => JobRecord.parse(item)).filter((job) => job.stage === stage);

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
    listJobs,
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
    async unclose(run) {
      for (const name of StageName.options) await changeStage(run, name, 'REMOVE closed');
    },
  };
}
