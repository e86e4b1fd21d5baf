import type { RunInput } from '../../../domain/jobs/jobs.ts';
import type { Plan } from '../../../domain/media/plan.ts';
import type { Reason } from '../../../domain/video/reasons.ts';
import type { Services } from '../services.ts';
import { transcodeJob } from './hear.ts';

const notConfigured: Reason = { code: 'internal', detail: 'the environment has no MediaConvert any more' };

/**
 * Gives the title to MediaConvert, unless that has been done, and writes down as which job. The request's token makes one job of
 * requests within a minute, the record of all later ones; only a crash between the two that is found later still costs a second
 * job, whose events are nobody's. Answers why the title is not taken.
 */
export async function submit(
  { jobs, transcoder, now }: Pick<Services, 'jobs' | 'transcoder' | 'now'>,
  run: RunInput,
  plan: Plan,
): Promise<Reason | undefined> {
  const record = await jobs.getJob(run, transcodeJob);
  if (record?.state !== 'queued') return undefined;
  if (transcoder === undefined) return notConfigured;
  const submitted = await transcoder.submit(plan);
  if ('refused' in submitted) return submitted.refused;
  await jobs.claim({ run, jobId: transcodeJob, workerId: submitted.jobId }, now());
  return undefined;
}
