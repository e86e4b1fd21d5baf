import { executionName } from '../../domain/jobs/jobs.ts';
import { isSettled } from '../../domain/video/life-cycle.ts';
import { stateLine, type VideoStatus } from '../follow.ts';
import type { Client } from '../session.ts';

type Job = Awaited<ReturnType<Client['processing']['listJobs']>>['jobs'][number];

/** How long ago, in the largest unit that fits. */
function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / (24 * 60))} days ago`;
}

const jobLine = ({ jobId, state, tries, workerId, wallSeconds, lastError, missing, log }: Job) =>
  [
    `${jobId.padEnd(24)}  ${state.padEnd(7)}  ${tries === 1 ? '1 try' : `${tries} tries`}`,
    ...(wallSeconds === null ? [] : [`${wallSeconds.toFixed(1)} s`]),
    ...(state === 'running' && workerId !== null ? [`by ${workerId}`] : []),
    ...(missing.length === 0 ? [] : [`without ${missing.join(', ')}`]),
    ...(lastError === null ? [] : [`${lastError.code}: ${lastError.detail.split('\n')[0]}`]),
    ...(log === null ? [] : [log]),
  ].join('  ');

/** What a video waits for, for its owner or somebody on call: what is known of it as a whole, then a line a job. */
export function jobLines(
  video: Pick<VideoStatus, 'videoId' | 'title' | 'state' | 'progress' | 'uploadedAt' | 'playableAt' | 'reason'>,
  { attempt, jobs }: { readonly attempt: number; readonly jobs: readonly Job[] },
  now: number,
): string[] {
  const { videoId, title, uploadedAt, playableAt, reason } = video;
  const isOpen = !isSettled(video.state);
  return [
    `${title}: ${stateLine(video)}`,
    ...(uploadedAt === null ? [] : [`uploaded ${ago(now - uploadedAt)}`]),
    ...(playableAt === null ? [] : [`playable for the first time ${ago(now - playableAt)}`]),
    ...(reason === null ? [] : [`${reason.code}: ${reason.sentence}`]),
    ...(attempt > 0 ? [`attempt ${attempt}, executions ${executionName({ videoId, attempt })}…`] : []),
    '',
    ...jobs.map(jobLine),
    ...(isOpen && attempt > 0 && jobs.length === 0 ? ['No worker has taken a job of it yet.'] : []),
  ];
}
