import { leastOutstanding } from './jobs.ts';

/**
 * The order of work within a stage. Its first W jobs are sent when it opens; whoever finishes job i sends job i + W. So
 * at most W messages of one video are outstanding, and because the rule looks at nothing but i, sending is safe to
 * repeat: a second message of a job finds it claimed or done.
 */

/** The job that is sent when job `index` is finished. */
export const successor = <T>(
  jobs: readonly T[],
  index: number,
  outstanding: number = leastOutstanding,
): T | undefined => jobs[index + outstanding];

/** What the order of work asks of a job's record. */
export interface Ordered {
  readonly jobId: string;
  readonly state: 'queued' | 'running' | 'done';
  readonly successor?: string | undefined;
}

/**
 * The unfinished jobs that should have been sent by now: all but those that an unfinished job will send. Where messages
 * may be lost, sending these again is enough for every job to be sent in the end.
 */
export function outstanding<J extends Ordered>(jobs: readonly J[]): J[] {
  const unfinished = jobs.filter((job) => job.state !== 'done');
  const later = new Set(unfinished.map((job) => job.successor));
  return unfinished.filter((job) => !later.has(job.jobId));
}
