import { jobSeconds, stageJobs } from '../../domain/capacity/work.ts';
import type { VideoId } from '../../domain/ids.ts';
import { isExpress, type JobMessage, jobId, type RunInput } from '../../domain/jobs/jobs.ts';
import { type Ordered, successor } from '../../domain/jobs/order.ts';
import type { JobRecord } from '../../domain/jobs/records.ts';
import { type Plan, plan } from '../../domain/media/plan.ts';
import { assumptions } from './assumptions.ts';
import type { Grouped } from './fair-queue.ts';
import type { Random } from './random.ts';

/** The record of a job as far as its fate depends on it, and what it takes. */
export interface SimulatedJob extends Ordered, Grouped, Pick<JobRecord, 'tries' | 'leaseExpiresAt'> {
  state: JobRecord['state'];
  tries: number;
  leaseExpiresAt?: number;
  readonly title: Title;
  readonly message: JobMessage;
  readonly isUrgent: boolean;
  readonly cpuSeconds: number;
}

/** One upload on its way. Times in seconds since the simulation began. */
export interface Title {
  readonly seconds: number;
  readonly uploadedAt: number;
  prepare?: SimulatedJob;
  /** Of the encode stage, in their order. */
  readonly jobs: SimulatedJob[];
  readonly byId: Map<string, SimulatedJob>;
  /** As reckoned from its plan: what the fleet grows by. */
  readonly reckonedSeconds: number;
  remaining: number;
  startedAt?: number;
  playableAt?: number;
  encodedAt?: number;
  readyAt?: number;
  failed?: true;
}

/** The plan of a 1080p title at 30 frames a second with stereo sound, as R-L3 has them all. */
export const planOf = (run: RunInput, durationSeconds: number): Plan =>
  plan(
    run,
    'source',
    {
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      video: {
        streamIndex: 0,
        codec: 'h264',
        picture: { width: 1920, height: 1080 },
        rate: { num: 30, den: 1 },
        colors: { transfer: 'sdr', system: 'bt709', fullRange: false },
        interlaced: false,
        variable: false,
        offsetSeconds: 0,
        durationSeconds,
      },
      audio: [{ streamIndex: 1, codec: 'aac', channels: 2, sampleRate: 48_000, startSeconds: 0, timescale: 48_000 }],
    },
    { eagerLines: 1080 },
  );

export interface TitleOptions {
  readonly random: Random;
  readonly outstanding: number;
  /** Instead of what the plan says. */
  readonly segmentsPerChunk?: number;
  /** Whether titles differ in what a second of them takes. */
  readonly hasSpread?: boolean;
}

/** A title of this length, with all that its jobs will take. */
export function titleOf(
  number: number,
  { seconds, uploadedAt }: { seconds: number; uploadedAt: number },
  { random, outstanding, segmentsPerChunk, hasSpread = true }: TitleOptions,
): Title {
  const run: RunInput = { videoId: `video-${number}` as VideoId, attempt: 1 };
  const planned = planOf(run, seconds);
  const chosen = segmentsPerChunk === undefined ? planned : { ...planned, segmentsPerChunk };
  const factor = hasSpread ? random.spread(assumptions.titleSpread) : 1;
  const stage = stageJobs(run, chosen);
  const ids = stage.map(({ message }) => jobId(message));
  const title: Title = {
    seconds,
    uploadedAt,
    jobs: [],
    byId: new Map(),
    reckonedSeconds: stage.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    remaining: stage.length,
  };
  const made = (message: JobMessage, cpuSeconds: number, next?: string): SimulatedJob => ({
    jobId: jobId(message),
    state: 'queued',
    tries: 0,
    ...(next !== undefined && { successor: next }),
    title,
    message,
    group: run.videoId,
    isUrgent: isExpress(message.kind),
    cpuSeconds: cpuSeconds * factor * random.spread(assumptions.jobSpread),
  });
  const first: JobMessage = { kind: 'prepare', ...run, taskToken: 'token' };
  title.prepare = made(first, jobSeconds(chosen, first));
  stage.forEach(({ message, cpuSeconds }, i) => {
    const job = made(message, cpuSeconds, successor(ids, i, outstanding));
    title.jobs.push(job);
    title.byId.set(job.jobId, job);
  });
  return title;
}
