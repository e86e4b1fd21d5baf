import { encodeJobs } from '../../domain/jobs/encode-jobs.ts';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { outstanding } from '../../domain/jobs/order.ts';
import type { Services } from './services.ts';

/**
 * Opens the encode stage: the records of its jobs, then the messages of those whose turn it is. Opened again, by a retry
 * or by an execution that takes up a lost one's run, it goes on where the records say the work stands.
 */
export async function encode(
  { jobs, sendJobs, releaseStage, now }: Pick<Services, 'jobs' | 'sendJobs' | 'releaseStage' | 'now'>,
  run: RunInput,
  taskToken: string,
): Promise<void> {
  const plan = await jobs.getPlan(run);
  if (plan === undefined) throw new Error('a run that was prepared has a plan');
  const stage = await jobs.openStage(run, 'encode', { taskToken, jobs: encodeJobs(run, plan) }, now());
  if (stage.remaining > 0 && !stage.closed) {
    const due = outstanding(await jobs.listJobs(run, 'encode'));
    await sendJobs(due.map((job) => job.message));
  }
  await releaseStage(stage);
}
