import { stageSeconds } from '../../domain/capacity/work.ts';
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
  services: Pick<
    Services,
    'jobs' | 'videos' | 'sendJobs' | 'transcoder' | 'releaseStage' | 'outstandingPerVideo' | 'now'
  >,
  run: RunInput,
  taskToken: string,
): Promise<void> {
  const { jobs, videos, sendJobs, releaseStage, now } = services;
  const plan = await jobs.getPlan(run);
  if (plan === undefined) throw new Error('a run that was prepared has a plan');
  const all = encodeJobs(run, plan);
  // Before its messages are out: the fleet that they call for is reckoned by it.
  await videos.note(run.videoId, { attempt: run.attempt, encodeSeconds: stageSeconds(run, plan) }, now());
  const stage = await jobs.openStage(
    run,
    'encode',
    { taskToken, jobs: all, outstanding: services.outstandingPerVideo },
    now(),
  );
  if (stage.remaining > 0 && !stage.closed) {
    const due = new Set(outstanding(await jobs.listJobs(run, 'encode')).map((job) => job.jobId));
    await sendJobs(all.filter(isForWorkers).filter((message) => due.has(jobId(message))));
    const refusal = plan.engine === 'mediaconvert' ? await submit(services, run, plan) : undefined;
    if (refusal) return releaseStage((await jobs.closeStage(run, 'encode', refusal)) ?? stage);
  }
  await releaseStage(stage);
}
