import { heartbeatSeconds, leaseSeconds } from '../../domain/jobs/jobs.ts';
import { assumptions } from './assumptions.ts';
import type { Appointment, Clock } from './clock.ts';
import { type Load, Machine } from './machine.ts';
import type { Random } from './random.ts';
import type { SimulatedJob } from './titles.ts';

export type Slot = { readonly worker: Worker; readonly isExpress: boolean };

/** What a job is doing on a worker. */
interface Held {
  readonly job: SimulatedJob;
  readonly load: Load;
  waiting: Appointment | undefined;
}

/** A worker task: a machine, its slots, and the jobs that it holds. */
export class Worker {
  readonly isSpot: boolean;
  readonly startedAt: number;
  readonly slots: readonly Slot[];
  readonly machine: Machine;
  isGone = false;
  /** Processor seconds that went into jobs it did not end. */
  wasted = 0;
  readonly #clock: Clock;
  readonly #held = new Set<Held>();

  constructor(clock: Clock, of: { cores: number; bulkSlots: number; isSpot: boolean }) {
    this.#clock = clock;
    this.isSpot = of.isSpot;
    this.startedAt = clock.now;
    this.machine = new Machine(clock, { cores: of.cores, coresPerLoad: assumptions.coresPerEncode });
    // As worker/pull.ts has them: one for express alone, the others for anything.
    this.slots = [true, ...Array<boolean>(of.bulkSlots).fill(false)].map((isExpress) => ({ worker: this, isExpress }));
  }

  get isIdle(): boolean {
    return this.#held.size === 0;
  }

  /** Works on a job that was claimed: fetches, computes, stores. */
  work(job: SimulatedJob, done: () => void): void {
    const held: Held = {
      job,
      waiting: undefined,
      load: {
        left: job.cpuSeconds,
        isUrgent: job.isUrgent,
        done: () => {
          held.waiting = this.#clock.after(assumptions.storeSeconds, () => {
            this.#held.delete(held);
            done();
          });
        },
      },
    };
    this.#held.add(held);
    held.waiting = this.#clock.after(assumptions.fetchSeconds, () => {
      held.waiting = undefined;
      this.machine.add(held.load);
    });
  }

  /** Ends it, and answers the jobs that it had. */
  end(): SimulatedJob[] {
    this.isGone = true;
    const jobs = [...this.#held].map(({ job, load, waiting }) => {
      if (waiting) waiting.cancelled = true;
      this.machine.remove(load);
      this.wasted += job.cpuSeconds - load.left;
      return job;
    });
    this.#held.clear();
    return jobs;
  }
}

/** When the lease of a job ends whose worker has just died: at its last heartbeat it was full. Seconds from now. */
export const leaseLeft = (random: Random): number => leaseSeconds - random.between(0, heartbeatSeconds);
