import { encodeJobs } from '../jobs/encode-jobs.ts';
import { isForWorkers, type JobMessage, type RunInput } from '../jobs/jobs.ts';
import type { Plan } from '../media/plan.ts';
import { framesPerSecond } from '../media/rate.ts';
import { type Chunk, chunks, segmentFrames } from '../media/timeline.ts';
import { coefficients } from './coefficients.ts';

/**
 * What work costs before it is done: processor seconds of a job by its plan. An estimate for scaling and for the
 * simulation, within a tenth or two on the footage that it was measured on; nothing that must be right depends on it.
 */

/** Processor seconds of an encode of so many frames in these rungs and audio renditions, its start and its packaging included. */
export function encodeSeconds(
  plan: Plan,
  { frames, rungs, audio }: { frames: number } & Pick<Plan, 'rungs' | 'audio'>,
): number {
  const rate = framesPerSecond(plan.rate);
  const seconds = frames / rate;
  const decoded = (seconds + plan.video.preRollSeconds) * framesPerSecond(plan.video.sourceRate);
  const decoding = decoded * megapixels(plan.rungs.at(-1)) * coefficients.decodeSecondsPerMegapixel;
  const mapping = plan.video.colors.transfer === 'sdr' ? 0 : coefficients.toneMapSecondsPerSecond * seconds;
  const encoding = rungs.reduce(
    (sum, rung) =>
      sum + frames * (coefficients.encodeSecondsPerFrame + megapixels(rung) * coefficients.encodeSecondsPerMegapixel),
    0,
  );
  const sound = audio.length * seconds * coefficients.audioSecondsPerSecond;
  return coefficients.busyCores * (coefficients.secondsPerJob + decoding + mapping + encoding + sound);
}

/** The plan does not say how large the source's picture is: its highest rung comes nearest, since none is made larger. */
const megapixels = (rung: { width: number; height: number } | undefined) =>
  rung === undefined ? 0 : (rung.width * rung.height) / 1e6;

/** Processor seconds of one job. */
export function jobSeconds(plan: Plan, message: JobMessage): number {
  return costs(plan, chunks(plan), message);
}

/** The workers' jobs of the encode stage in their order, each with its processor seconds. */
export function stageJobs(run: RunInput, plan: Plan): { message: JobMessage; cpuSeconds: number }[] {
  const parts = chunks(plan);
  return encodeJobs(run, plan)
    .filter(isForWorkers)
    .map((message) => ({ message, cpuSeconds: costs(plan, parts, message) }));
}

/** Processor seconds of the encode stage of a title: all its jobs. */
export const stageSeconds = (run: RunInput, plan: Plan): number =>
  stageJobs(run, plan).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);

function costs(plan: Plan, parts: readonly Chunk[], message: JobMessage): number {
  const [lowest] = plan.rungs;
  switch (message.kind) {
    case 'chunk': {
      const rungs = plan.rungs.filter((rung) => rung.eager);
      return encodeSeconds(plan, { frames: parts[message.index]?.frames ?? 0, rungs, audio: plan.audio });
    }
    case 'segment': {
      const rungs = plan.rungs.filter((rung) => rung === lowest || rung.name === message.rung);
      return encodeSeconds(plan, { frames: segmentFrames(plan, message.number), rungs, audio: plan.audio });
    }
    case 'prepare':
    case 'peek': {
      const rungs = plan.rungs.slice(0, 1);
      const first = encodeSeconds(plan, { frames: segmentFrames(plan, 1), rungs, audio: plan.audio });
      return coefficients.probeSeconds + first;
    }
    case 'poster':
    case 'picture':
    case 'captions':
      return coefficients.posterSeconds;
  }
}
