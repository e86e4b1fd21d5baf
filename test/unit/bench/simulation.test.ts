import { describe, expect, it } from 'vitest';
import { assumptions } from '../../../bench/simulation/assumptions.ts';
import { Clock } from '../../../bench/simulation/clock.ts';
import { FairQueue } from '../../../bench/simulation/fair-queue.ts';
import type { FleetOptions } from '../../../bench/simulation/fleet.ts';
import { Machine } from '../../../bench/simulation/machine.ts';
import { Platform } from '../../../bench/simulation/platform.ts';
import { random } from '../../../bench/simulation/random.ts';
import { arrivals, lengthOf, makespan } from '../../../bench/simulation/scenarios.ts';
import { type SimulatedJob, titleOf } from '../../../bench/simulation/titles.ts';

const still: FleetOptions = { min: 4, max: 4, onDemandBase: 4, cores: 2, bulkSlots: 2, hasLosses: false };
const work = (jobs: readonly SimulatedJob[]) => jobs.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);

/** Titles of these lengths, one every so many seconds. */
function platformWith(fleet: FleetOptions, lengths: readonly number[], everySeconds: number) {
  const platform = new Platform({ seed: 7, fleet });
  const options = { random: platform.random, outstanding: 16 };
  lengths.forEach((seconds, i) => {
    const uploadedAt = i * everySeconds;
    platform.upload(uploadedAt, () => titleOf(i, { seconds, uploadedAt }, options));
  });
  platform.run();
  return platform;
}
const allJobs = ({ titles }: Platform) => titles.flatMap(({ prepare, jobs }) => (prepare ? [prepare, ...jobs] : jobs));

describe('simulated time', () => {
  it('lets what is due happen in order, and what is called off not at all', () => {
    const clock = new Clock();
    const seen: string[] = [];
    for (const at of [5, 1, 3, 3, 9, 2]) clock.after(at, () => seen.push(`${at}`));
    clock.after(4, () => seen.push('called off')).cancelled = true;
    clock.after(1, () => clock.after(0.5, () => seen.push('1.5')));
    clock.run(() => clock.now >= 5);
    expect(seen).toEqual(['1', '1.5', '2', '3', '3', '5']);
  });
});

describe('a simulated machine', () => {
  it('shares its cores by hand: urgent work first, no load more than it can use', () => {
    const clock = new Clock();
    const machine = new Machine(clock, { cores: 3, coresPerLoad: 2 });
    const ends: [string, number][] = [];
    const load = (name: string, left: number, isUrgent: boolean) =>
      machine.add({ left, isUrgent, done: () => ends.push([name, clock.now]) });
    // From 0 s bulk has 2 cores. From 2 s urgent work has 2, bulk the third. At 3 s the urgent work of 2 is done; bulk has 5 of 10
    // left, and two cores again.
    load('bulk', 10, false);
    clock.after(2, () => load('urgent', 2, true));
    clock.run(() => false);
    expect(ends).toEqual([
      ['urgent', 3],
      ['bulk', 5.5],
    ]);
    expect(machine.worked).toBeCloseTo(12);
  });
});

describe('a simulated queue', () => {
  const queue = (isFair: boolean) => {
    const made = new FairQueue<{ group: string; n: number }>({ isFair, now: () => 0 });
    for (let n = 0; n < 100; n++) made.send({ group: 'film', n });
    for (let n = 0; n < 50; n++) made.receive();
    made.send({ group: 'clip', n: 0 });
    return made;
  };

  it('serves a quiet group before one that has much in flight, if it is fair', () => {
    expect(queue(true).receive()).toEqual({ group: 'clip', n: 0 });
    expect(queue(false).receive()).toEqual({ group: 'film', n: 50 });
  });

  it('serves a noisy group when nobody else waits', () => {
    const made = queue(true);
    made.receive();
    expect(made.receive()).toEqual({ group: 'film', n: 50 });
    expect({ waiting: made.waiting, inFlight: made.inFlight }).toEqual({ waiting: 49, inFlight: 52 });
  });
});

describe('the simulated pipeline', () => {
  it('takes as long for a clip as one reckons by hand', () => {
    const platform = platformWith(still, [10], 0);
    const [title] = platform.titles;
    const { startSeconds, fetchSeconds, storeSeconds, stageSeconds, endSeconds, coresPerEncode } = assumptions;
    const around = fetchSeconds + storeSeconds;
    const prepared = startSeconds + around + (title?.prepare?.cpuSeconds ?? 0) / coresPerEncode;
    expect(title?.playableAt).toBeCloseTo(prepared);
    // One chunk and the poster: on two workers, or on one whose cores they share, the chunk then having what the poster leaves.
    const [chunk, poster] = title?.jobs.map(({ cpuSeconds }) => cpuSeconds) ?? [];
    const apart = (chunk ?? 0) / 2;
    const together = ((chunk ?? 0) + (poster ?? 0)) / 2;
    const encoding = (title?.readyAt ?? 0) - prepared - stageSeconds - around - endSeconds;
    expect([apart, together].some((expected) => Math.abs(encoding - expected) < 1e-6)).toBe(true);
  });

  it('loses no work: what was worked is what the jobs take', () => {
    const platform = platformWith(still, [10, 300, 45, 1200, 3, 90], 5);
    expect(platform.titles.every(({ readyAt, remaining }) => readyAt !== undefined && remaining === 0)).toBe(true);
    expect(platform.tasks.wasted).toBe(0);
    expect(platform.tasks.worked).toBeCloseTo(work(allJobs(platform)), 3);
  });

  it('loses no title with the tasks that are taken away, only the work in their hands', () => {
    const fleet = { ...still, min: 40, max: 40, onDemandBase: 0, hasLosses: true };
    const platform = platformWith(fleet, Array(60).fill(3600), 30);
    expect(platform.tasks.losses).toBeGreaterThan(0);
    expect(platform.tasks.wasted).toBeGreaterThan(0);
    expect(platform.titles.filter(({ failed }) => failed)).toEqual([]);
    expect(platform.tasks.worked - platform.tasks.wasted).toBeCloseTo(work(allJobs(platform)), 3);
  });

  it('is never faster than all cores together, nor than the longest job', () => {
    for (const workers of [1, 3, 50]) {
      const span = makespan(600, { workers, cores: 2, bulkSlots: 2, outstanding: 64, seed: 3 });
      expect(span.seconds).toBeGreaterThan(span.idealSeconds);
    }
    const alone = makespan(600, { workers: 1, cores: 2, bulkSlots: 2, outstanding: 64, seed: 3 });
    expect(alone.seconds / alone.idealSeconds).toBeLessThan(1.02);
  });

  it('is held up by too few messages of a title outstanding', () => {
    const of = (outstanding: number) =>
      makespan(3600, { workers: 20, cores: 2, bulkSlots: 2, outstanding, seed: 3 }).seconds;
    expect(of(10)).toBeGreaterThan(2 * of(80));
  });

  it('grows from its least number of tasks under load, up to its most, and shrinks when there is none', () => {
    const platform = platformWith(
      { ...still, min: 1, max: 12, drainSeconds: 60 },
      [...Array(40).fill(600), 10, 10],
      60,
    );
    const { peak, paid, running } = platform.tasks;
    expect(peak).toBe(12);
    expect(running.size).toBe(0);
    expect((paid.onDemand + paid.spot) / platform.clock.now).toBeLessThan(12);
  });

  it('is the same in every run of one seed', () => {
    const of = (seed: number) => makespan(600, { workers: 5, cores: 2, bulkSlots: 2, outstanding: 64, seed });
    expect(of(1)).toEqual(of(1));
    expect(of(1).seconds).not.toBe(of(2).seconds);
  });
});

describe('the simulated load', () => {
  it('has as many uploads as it says, most at the peak, of the length that it says', () => {
    const load = random(11);
    const times = arrivals(load, 37_661);
    expect(Math.abs(times.length / 37_661 - 1)).toBeLessThan(0.02);
    const inHour = (hour: number) => times.filter((at) => Math.floor(at / 3600) === hour).length;
    expect(inHour(12) / (37_661 / 24)).toBeCloseTo(assumptions.peakFactor, 0);
    const lengths = times.map(() => lengthOf(load));
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(Math.abs(mean / assumptions.meanSeconds - 1)).toBeLessThan(0.05);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(assumptions.longestSeconds);
  });
});
