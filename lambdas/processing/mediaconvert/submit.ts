import { type RunInput, transcodeJob } from '../../../domain/jobs/jobs.ts';
import type { Plan } from '../../../domain/media/plan.ts';
import type { Reason } from '../../../domain/video/reasons.ts';
import type { Services } from '../services.ts';

const notConfigured: Reason = { code: 'internal', detail: 'the environment has no MediaConvert any more' };

/**
 * Gives the title to MediaConvert, unless that has been done, and writes down as which job. The request's token makes one job of
 * requests within a minute, the record of all later ones; only a crash between the two that is found later still costs a second
 * job, whose events are nobody's. A video that was deleted meanwhile has nothing made of it: either we see that it was, or who
 * deletes it sees the job. Answers why the title is not taken.
 */
export async function submit(
  { jobs, videos, transcoder, now }: Pick<Services, 'jobs' | 'videos' | 'transcoder' | 'now'>,
  run: RunInput,
  plan: Plan,
): Promise<Reason | undefined> {
  const record = await jobs.getJob(run, transcodeJob);
  if (record?.state !== 'queued') return undefined;
  if (transcoder === undefined) return notConfigured;
  const submitted = await transcoder.submit(plan, record.workerId);
  if ('refused' in submitted) return submitted.refused;
  await jobs.claim({ run, jobId: transcodeJob, workerId: submitted.jobId }, now());
  if ((await videos.get(run.videoId))?.state === 'deleted') await transcoder.cancel(run);
  return undefined;
}
