import { extraOf } from '../../../domain/jobs/extras.ts';
import { jobId, leaseSeconds, maxTries, type RunInput, StageName } from '../../../domain/jobs/jobs.ts';
import { successor } from '../../../domain/jobs/order.ts';
import { raisedPerMinute } from '../../../domain/jobs/raise.ts';
import { availability, type JobRecord, type Stage } from '../../../domain/jobs/records.ts';
import { type JobResult, resultWithout } from '../../../domain/jobs/results.ts';
import type { Plan } from '../../../domain/media/plan.ts';
import type { Jobs } from '../../../platform/records/jobs/jobs.ts';
import type { Lease } from '../../../platform/records/jobs/leases.ts';

/** The books of jobs in memory; `contract.ts` holds them and the table's to the same behaviour. */
export function inMemoryJobs(): Jobs {
  const plans = new Map<string, Plan>();
  const stages = new Map<string, Stage>();
  const jobs = new Map<string, JobRecord>();
  const raised = new Map<string, number>();
  const runKey = ({ videoId, attempt }: RunInput) => `${videoId}#${attempt}`;
  const stageKey = (run: RunInput, name: StageName) => `${runKey(run)} ${name}`;
  const jobKey = (run: RunInput, id: string) => `${runKey(run)} ${id}`;
  const mine = ({ run, jobId: id, workerId }: Lease): JobRecord | undefined => {
    const job = jobs.get(jobKey(run, id));
    return job?.state === 'running' && job.workerId === workerId ? job : undefined;
  };
  const give = ({ workerId: _, leaseExpiresAt: __, ...job }: JobRecord): JobRecord => ({ ...job, state: 'queued' });
  const end = ({ run, jobId: id }: Lease, { leaseExpiresAt: _, ...job }: JobRecord, result: JobResult) =>
    jobs.set(jobKey(run, id), { ...job, state: 'done', result });
  const changeStage = (run: RunInput, name: StageName, change: (stage: Stage) => Stage) => {
    const stage = stages.get(stageKey(run, name));
    if (stage) stages.set(stageKey(run, name), change(stage));
    return stages.get(stageKey(run, name));
  };
  const endInStage = (lease: Lease, name: StageName, job: JobRecord | undefined, result: JobResult, now: number) => {
    if (job) {
      end(lease, job, result);
      return changeStage(lease.run, name, (stage) => ({ ...stage, remaining: stage.remaining - 1, activeAt: now }));
    }
    return jobs.get(jobKey(lease.run, lease.jobId))?.state === 'done'
      ? stages.get(stageKey(lease.run, name))
      : undefined;
  };
  return {
    async putPlan(run, plan) {
      plans.set(runKey(run), plan);
    },
    async getPlan(run) {
      return plans.get(runKey(run));
    },
    async openStage(run, name, { taskToken, jobs: messages, outstanding }, now) {
      const reopened = changeStage(run, name, (stage) => ({ ...stage, taskToken }));
      if (reopened) return reopened;
      messages.forEach((message, i) => {
        const next = successor(messages, i, outstanding);
        const job: JobRecord = {
          jobId: jobId(message),
          stage: name,
          message,
          state: 'queued',
          tries: 0,
          ...(next && { successor: jobId(next) }),
        };
        jobs.set(jobKey(run, job.jobId), job);
      });
      const stage: Stage = { name, taskToken, total: messages.length, remaining: messages.length, activeAt: now };
      stages.set(stageKey(run, name), stage);
      return stage;
    },
    async getStage(run, name) {
      return stages.get(stageKey(run, name));
    },
    async closeStage(run, name, reason) {
      return changeStage(run, name, (stage) => ({ ...stage, closed: stage.closed ?? reason }));
    },
    async stageResent(run, name, now) {
      changeStage(run, name, (stage) => ({ ...stage, activeAt: now }));
    },
    async getJob(run, id) {
      return jobs.get(jobKey(run, id));
    },
    async listJobs(run, stage) {
      return [...jobs]
        .filter(([key, job]) => key.startsWith(`${runKey(run)} `) && job.stage === stage)
        .map(([, job]) => job);
    },
    async listRaised(run) {
      return [...jobs.values()].filter(
        ({ message: m }) => m.kind === 'segment' && m.videoId === run.videoId && m.attempt === run.attempt,
      );
    },
    async claim({ run, jobId: id, workerId }, now) {
      const job = jobs.get(jobKey(run, id));
      if (job === undefined) return { outcome: 'gone' };
      const found = availability(job, now);
      if (found === 'held') return { outcome: 'held', until: job.leaseExpiresAt ?? now };
      if (found !== 'free') return { outcome: found, job };
      const claimed: JobRecord = {
        ...job,
        state: 'running',
        workerId,
        leaseExpiresAt: now + leaseSeconds * 1000,
        tries: job.tries + 1,
      };
      jobs.set(jobKey(run, id), claimed);
      return { outcome: 'claimed', job: claimed };
    },
    async heartbeat(lease, now) {
      const job = mine(lease);
      if (job) jobs.set(jobKey(lease.run, lease.jobId), { ...job, leaseExpiresAt: now + leaseSeconds * 1000 });
      return job !== undefined;
    },
    async createJob(run, message) {
      const key = jobKey(run, jobId(message));
      if (jobs.has(key)) return false;
      jobs.set(key, { jobId: jobId(message), message, state: 'queued', tries: 0 });
      return true;
    },
    async countRaised(run, now) {
      const key = `${runKey(run)} ${Math.floor(now / 60_000)}`;
      const count = (raised.get(key) ?? 0) + 1;
      if (count <= raisedPerMinute) raised.set(key, count);
      return count <= raisedPerMinute;
    },
    async finishAlone(lease, result) {
      const job = mine(lease);
      if (job) end(lease, job, result);
      return jobs.get(jobKey(lease.run, lease.jobId))?.state === 'done';
    },
    finish: async (lease, name, result, now) => endInStage(lease, name, mine(lease), result, now),
    async giveUp(lease, name, missing, now) {
      const found = jobs.get(jobKey(lease.run, lease.jobId));
      const exhausted = found && availability(found, now) === 'exhausted' ? found : undefined;
      return endInStage(lease, name, mine(lease) ?? exhausted, resultWithout(missing), now);
    },
    async handBack(lease) {
      const job = mine(lease);
      if (job) jobs.set(jobKey(lease.run, lease.jobId), { ...give(job), tries: job.tries - 1 });
      return job !== undefined;
    },
    async recordFailure(lease, { lastError, failedAt, lastLog }) {
      const job = mine(lease);
      if (job) {
        const { lastLog: _, ...ended } = { ...give(job), workerId: lease.workerId, lastError, failedAt };
        jobs.set(jobKey(lease.run, lease.jobId), lastLog === undefined ? ended : { ...ended, lastLog });
      }
      return job && jobs.get(jobKey(lease.run, lease.jobId));
    },
    async renew(run, id) {
      const job = jobs.get(jobKey(run, id));
      if (job === undefined || job.state === 'done' || job.tries < maxTries) return false;
      const { leaseExpiresAt: _, ...rest } = job;
      jobs.set(jobKey(run, id), { ...rest, state: 'queued', tries: 0 });
      return true;
    },
    async reopen(run) {
      for (const [key, job] of jobs) {
        if (key.startsWith(`${runKey(run)} `) && job.state !== 'done')
          jobs.set(key, { ...job, tries: job.state === 'running' ? 1 : 0 });
        const { result, ...rest } = job;
        if (!key.startsWith(`${runKey(run)} `) || !job.stage || !result?.missing || !extraOf(job.message)) continue;
        jobs.set(key, { ...rest, state: 'queued', tries: 0 });
        changeStage(run, job.stage, (stage) => ({ ...stage, remaining: stage.remaining + 1 }));
      }
      for (const name of StageName.options) changeStage(run, name, ({ closed: _, ...stage }) => stage);
    },
    async pageOfJobs(run, { limit, cursor = '' }) {
      const all = [...jobs]
        .filter(([key, job]) => key.startsWith(`${runKey(run)} `) && job.jobId > cursor)
        .map(([, job]) => job)
        .sort((a, b) => (a.jobId < b.jobId ? -1 : 1));
      const page = all.slice(0, limit);
      return { jobs: page, cursor: all.length > limit ? (page.at(-1)?.jobId ?? null) : null };
    },
  };
}
