import type { Appointment, Clock } from './clock.ts';

/** Something that takes processor time. */
export interface Load {
  /** Processor seconds that are left of it. */
  left: number;
  /** Goes before all that is not: bulk jobs run at a lower priority. */
  readonly isUrgent: boolean;
  readonly done: () => void;
}

/** The cores of one task, shared among what it works on: urgent loads first, each up to what one encode can keep busy. */
export class Machine {
  /** Processor seconds that were worked. */
  worked = 0;
  readonly #clock: Clock;
  readonly #cores: number;
  readonly #coresPerLoad: number;
  readonly #loads = new Set<Load>();
  #since: number;
  #next: Appointment | undefined;

  constructor(clock: Clock, { cores, coresPerLoad }: { cores: number; coresPerLoad: number }) {
    this.#clock = clock;
    this.#cores = cores;
    this.#coresPerLoad = coresPerLoad;
    this.#since = clock.now;
  }

  add(load: Load): void {
    this.#pass();
    this.#loads.add(load);
    this.#plan();
  }

  remove(load: Load): void {
    this.#pass();
    this.#loads.delete(load);
    this.#plan();
  }

  #ratesOf(): { urgent: number; other: number } {
    let urgents = 0;
    for (const { isUrgent } of this.#loads) if (isUrgent) urgents++;
    const others = this.#loads.size - urgents;
    const urgent = urgents === 0 ? 0 : Math.min(this.#coresPerLoad, this.#cores / urgents);
    const rest = this.#cores - urgent * urgents;
    return { urgent, other: others === 0 ? 0 : Math.min(this.#coresPerLoad, rest / others) };
  }

  /** Works off what passed since the last change. */
  #pass(): void {
    const seconds = this.#clock.now - this.#since;
    this.#since = this.#clock.now;
    if (seconds === 0) return;
    const { urgent, other } = this.#ratesOf();
    for (const load of this.#loads) {
      const part = Math.min(load.left, seconds * (load.isUrgent ? urgent : other));
      load.left -= part;
      this.worked += part;
    }
  }

  #plan(): void {
    if (this.#next) this.#next.cancelled = true;
    this.#next = undefined;
    const { urgent, other } = this.#ratesOf();
    let soonest: { load: Load; seconds: number } | undefined;
    for (const load of this.#loads) {
      const seconds = load.left / (load.isUrgent ? urgent : other);
      if (soonest === undefined || seconds < soonest.seconds) soonest = { load, seconds };
    }
    if (soonest === undefined || soonest.seconds === Number.POSITIVE_INFINITY) return;
    const { load, seconds } = soonest;
    this.#next = this.#clock.after(seconds, () => {
      this.#pass();
      // What rounding left of it is nothing.
      this.worked += load.left;
      load.left = 0;
      this.#loads.delete(load);
      this.#plan();
      load.done();
    });
  }
}
