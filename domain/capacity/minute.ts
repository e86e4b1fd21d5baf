import type { RunInput } from '../jobs/jobs.ts';
import type { Plan } from '../media/plan.ts';
import { segmentCount, titleSeconds } from '../media/timeline.ts';
import { prices } from './prices.ts';
import { jobSeconds, stageSeconds } from './work.ts';

/** What a minute of a title takes, on average over all of it. */
export interface MinuteOfTitle {
  /** Processor seconds: prepare and the whole encode stage. */
  readonly cpuSeconds: number;
  /** Segments that are written. */
  readonly puts: number;
  /** Of a source at this rate, and of the renditions at the most: all rungs at their caps. Megabytes (10^6). */
  readonly sourceMb: number;
  readonly renditionsMb: number;
}

export function minuteOf(run: RunInput, plan: Plan, sourceBitsPerSecond: number): MinuteOfTitle {
  const minutes = titleSeconds(plan) / 60;
  const eager = plan.rungs.filter((rung) => rung.eager);
  const bits = [...eager.map((rung) => rung.maxrateBps), ...plan.audio.map((track) => track.bitrateBps)];
  const prepare = jobSeconds(plan, { kind: 'prepare', ...run, taskToken: '' });
  return {
    cpuSeconds: (prepare + stageSeconds(run, plan)) / minutes,
    puts: (segmentCount(plan) * (eager.length + plan.audio.length)) / minutes,
    sourceMb: (60 * sourceBitsPerSecond) / 8e6,
    renditionsMb: (60 * bits.reduce((sum, rate) => sum + rate, 0)) / 8e6,
  };
}

/** Dollars to encode it, on tasks of which a core costs so much an hour and is used by this share; and to write its segments. */
export const encodeDollars = (minute: MinuteOfTitle, coreHour: number, utilization: number): number =>
  (minute.cpuSeconds / 3600 / utilization) * coreHour;
export const putDollars = (minute: MinuteOfTitle): number => (minute.puts / 1000) * prices.s3.thousandPuts;
/** Dollars to keep megabytes for a month. */
export const keepDollars = (megabytes: number): number => (megabytes / 1000) * prices.s3.gbMonth;

/** Cores that work all the time on so many uploads a day of so many seconds each. */
export const coresFor = (minute: MinuteOfTitle, uploadsADay: number, secondsEach: number): number =>
  (uploadsADay * (secondsEach / 60) * minute.cpuSeconds) / 86_400;
