import { encodeJobs } from '../../domain/jobs/encode-jobs.ts';
import { isForWorkers, jobId, type RunInput } from '../../domain/jobs/jobs.ts';
import { outstanding } from '../../domain/jobs/order.ts';
import { submit } from './mediaconvert/submit.ts';
import type { Services } from './services.ts';

/**
 * Opens the encode stage: the records of its jobs, then the messages of those whose turn it is. Opened again, by a retry
 * or by an execution that takes up a lost one's run, it goes on where the records say the work stands.
 */
export async function encode(
  services: Pick<Services, 'jobs' | 'sendJobs' | 'transcoder' | 'releaseStage' | 'now'>,
  run: RunInput,
  taskToken: string,
): Promise<void> {
  const { jobs, sendJobs, releaseStage, now } = services;
  const plan = await jobs.getPlan(run);
  if (plan === undefined) throw new Error('a run that was prepared has a plan');
  const all = encodeJobs(run, plan);
  const stage = await jobs.openStage(run, 'encode', { taskToken, jobs: all }, now());
  if (stage.remaining > 0 && !stage.closed) {
    const due = new Set(outstanding(await jobs.listJobs(run, 'encode')).map((job) => job.jobId));
    await sendJobs(all.filter(isForWorkers).filter((message) => due.has(jobId(message))));
    const refusal = plan.engine === 'mediaconvert' ? await submit(services, run, plan) : undefined;
    if (refusal) return releaseStage((await jobs.closeStage(run, 'encode', refusal)) ?? stage);
  }
  await releaseStage(stage);
}
