import { extraOf } from '../domain/jobs/extras.ts';
import { type JobMessage, stageOf } from '../domain/jobs/jobs.ts';
import type { Stage } from '../domain/jobs/records.ts';
import type { Reason } from '../domain/video/reasons.ts';
import type { Jobs } from './records/jobs/jobs.ts';
import type { Lease } from './records/jobs/leases.ts';

/**
 * Ends a job that cannot be done, or was tried as often as it may be. Its stage goes on without an extra, and ends for want of anything
 * else: the stage after. A job that counts in no stage ends alone.
 * @param why `log`: the key of what its program said last
 */
export async function endJob(
  jobs: Pick<Jobs, 'giveUp' | 'closeStage'>,
  lease: Lease,
  message: JobMessage,
  { reason, log }: { readonly reason: Reason; readonly log?: string | undefined },
  now: number,
): Promise<Stage | undefined> {
  const stage = stageOf(message.kind);
  const extra = extraOf(message);
  if (stage === undefined) return undefined;
  if (extra === undefined) return jobs.closeStage(lease.run, stage, reason);
  return jobs.giveUp(lease, stage, { extra, reason, log }, now);
}
