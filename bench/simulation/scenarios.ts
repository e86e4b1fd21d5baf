import { assumptions } from './assumptions.ts';
import type { FleetOptions } from './fleet.ts';
import { Platform } from './platform.ts';
import { type Random, random } from './random.ts';
import { type Title, titleOf } from './titles.ts';

/** One title, and the whole fleet for it. */
export interface Makespan {
  readonly workers: number;
  readonly jobs: number;
  readonly seconds: number;
  /** All its work shared out evenly among all cores, without a second lost. */
  readonly idealSeconds: number;
}

/** How long the encode stage of a lone title takes a fleet that is there. */
export function makespan(
  seconds: number,
  of: {
    workers: number;
    cores: number;
    bulkSlots: number;
    outstanding: number;
    segmentsPerChunk?: number;
    seed: number;
  },
): Makespan {
  const { workers, cores, bulkSlots, outstanding, segmentsPerChunk } = of;
  const fleet = { min: workers, max: workers, onDemandBase: workers, cores, bulkSlots, hasLosses: false };
  const platform = new Platform({ seed: of.seed, fleet });
  const options = {
    random: platform.random,
    outstanding,
    hasSpread: false,
    ...(segmentsPerChunk && { segmentsPerChunk }),
  };
  const title = titleOf(0, { seconds, uploadedAt: 0 }, options);
  platform.upload(0, () => title);
  platform.run();
  const work = title.jobs.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  return {
    workers,
    jobs: title.jobs.length,
    seconds: (title.encodedAt ?? Number.NaN) - (title.startedAt ?? Number.NaN),
    idealSeconds: work / (workers * cores),
  };
}

export interface Fairness {
  /** From the opening of the short title's encode stage to its end. */
  readonly seconds: number;
  /** The same with the fleet to itself. */
  readonly aloneSeconds: number;
}

/** A clip of 10 s comes while a fleet is deep in a title of ten hours. */
export function besideTenHours(of: {
  fleet: FleetOptions;
  outstanding: number;
  isFair: boolean;
  seed: number;
}): Fairness {
  const encode = (long: boolean) => {
    const platform = new Platform({ seed: of.seed, fleet: of.fleet, isFair: of.isFair });
    const options = { random: platform.random, outstanding: of.outstanding };
    const clip = titleOf(1, { seconds: 10, uploadedAt: 600 }, options);
    if (long) platform.upload(0, () => titleOf(0, { seconds: 36_000, uploadedAt: 0 }, options));
    platform.upload(clip.uploadedAt, () => clip);
    platform.run();
    return (clip.encodedAt ?? Number.NaN) - (clip.startedAt ?? Number.NaN);
  };
  return { seconds: encode(true), aloneSeconds: encode(false) };
}

/** A day of uploads. */
export interface Day {
  readonly uploads: number;
  readonly sourceSeconds: number;
  readonly playable: Percentiles;
  readonly ready: Percentiles;
  readonly peakTasks: number;
  readonly meanTasks: number;
  /** Share of the paid cores that worked on what was ended. */
  readonly utilization: number;
  readonly losses: number;
  readonly failed: number;
  readonly taskHours: { readonly onDemand: number; readonly spot: number };
}
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

const daySeconds = 86_400;

/** The times at which uploads are complete: more by day than by night, each on its own. */
export function arrivals(random: Random, uploads: number): number[] {
  const swing = assumptions.peakFactor - 1;
  const peakRate = (uploads / daySeconds) * assumptions.peakFactor;
  const times: number[] = [];
  for (let at = random.waiting(1 / peakRate); at < daySeconds; at += random.waiting(1 / peakRate)) {
    const rate = (1 - swing * Math.cos((2 * Math.PI * at) / daySeconds)) / assumptions.peakFactor;
    if (random.between(0, 1) < rate) times.push(at);
  }
  return times;
}

export const lengthOf = (random: Random): number =>
  Math.min(assumptions.longestSeconds, Math.max(1, assumptions.meanSeconds * random.spread(assumptions.lengthSpread)));

export function day(of: { uploads: number; fleet: FleetOptions; outstanding: number; seed: number }): Day {
  const platform = new Platform({ seed: of.seed, fleet: of.fleet });
  // The uploads of a seed are the same whatever becomes of them.
  const load = random(of.seed + 1);
  arrivals(load, of.uploads).forEach((uploadedAt, i) => {
    platform.upload(uploadedAt, () =>
      titleOf(i, { seconds: lengthOf(load), uploadedAt }, { random: load, outstanding: of.outstanding }),
    );
  });
  platform.run();
  const { titles, tasks } = platform;
  const done = titles.filter(({ failed }) => !failed);
  const after = (moment: (title: Title) => number | undefined) =>
    percentiles(done.map((title) => (moment(title) ?? Number.NaN) - title.uploadedAt));
  const { onDemand, spot } = tasks.paid;
  return {
    uploads: titles.length,
    sourceSeconds: titles.reduce((sum, { seconds }) => sum + seconds, 0),
    playable: after(({ playableAt }) => playableAt),
    ready: after(({ readyAt }) => readyAt),
    peakTasks: tasks.peak,
    meanTasks: (onDemand + spot) / platform.clock.now,
    utilization: (tasks.worked - tasks.wasted) / ((onDemand + spot) * of.fleet.cores),
    losses: tasks.losses,
    failed: titles.length - done.length,
    taskHours: { onDemand: onDemand / 3600, spot: spot / 3600 },
  };
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
