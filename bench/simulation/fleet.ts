import { scaling } from '../../domain/capacity/scaling.ts';
import { assumptions } from './assumptions.ts';
import type { Appointment, Clock } from './clock.ts';
import type { Random } from './random.ts';
import { Worker } from './worker.ts';

/** A fleet as the configuration of an environment has it. */
export interface FleetOptions {
  readonly min: number;
  readonly max: number;
  readonly onDemandBase: number;
  readonly cores: number;
  readonly bulkSlots: number;
  /** What scaling keeps the drain at, in seconds; without it the fleet stays at `min`. */
  readonly drainSeconds?: number;
  /** Whether Spot tasks are taken away. */
  readonly hasLosses: boolean;
}

export interface Fleet extends FleetOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** How long the running tasks would take for what there is. */
  readonly drain: (tasks: number) => number;
  readonly arrived: (worker: Worker) => void;
  /** Its jobs go back at once, or, if it died without a word, when their leases end. */
  readonly lost: (worker: Worker, isSudden: boolean) => void;
}

/** Tasks that run, start and are taken away; target tracking as AWS documents it, on the policy of the templates. */
export class Tasks {
  readonly running = new Set<Worker>();
  /** Seconds that tasks were paid for, from the request on, and how many ran at the most. */
  paid = { onDemand: 0, spot: 0 };
  peak = 0;
  losses = 0;
  worked = 0;
  wasted = 0;
  #desired: number;
  readonly #starting = new Set<{ readonly at: number; readonly isSpot: boolean; readonly arrival: Appointment }>();
  readonly #drains: number[] = [];
  #grownAt = Number.NEGATIVE_INFINITY;
  #shrunkAt = Number.NEGATIVE_INFINITY;
  readonly #of: Fleet;

  constructor(of: Fleet) {
    this.#of = of;
    this.#desired = of.min;
    for (let i = 0; i < of.min; i++) this.#arrive(this.#nextIsSpot(), of.clock.now);
    if (of.drainSeconds !== undefined) this.#look(of.drainSeconds);
  }

  /** A worker has nothing to do: if there are too many, it is the one to go, since busy ones are protected. */
  idle(worker: Worker): void {
    if (this.running.size + this.#starting.size > this.#desired && worker.isIdle) this.#retire(worker);
  }

  /** Counts what runs to the end of the simulation. */
  close(): void {
    for (const worker of [...this.running]) this.#retire(worker);
  }

  #look(target: number): void {
    const { clock, drain, min, max } = this.#of;
    clock.after(scaling.periodSeconds, () => {
      const now = drain(this.running.size);
      this.#drains.push(now);
      const last = (count: number) => (this.#drains.length < count ? undefined : this.#drains.slice(-count));
      const wanted = Math.min(max, Math.max(min, Math.ceil((Math.max(1, this.running.size) * now) / target)));
      const grows = last(scaling.periodsToGrow)?.every((d) => d > target);
      const shrinks = last(scaling.periodsToShrink)?.every((d) => d < scaling.shrinkBelow * target);
      if (grows && wanted > this.#desired && clock.now >= this.#grownAt + scaling.scaleOutCooldownSeconds) {
        this.#grownAt = clock.now;
        this.#want(wanted);
      } else if (shrinks && wanted < this.#desired && clock.now >= this.#shrunkAt + scaling.scaleInCooldownSeconds) {
        this.#shrunkAt = clock.now;
        this.#want(wanted);
      }
      this.#look(target);
    });
  }

  #want(count: number): void {
    this.#desired = count;
    while (this.running.size + this.#starting.size < this.#desired) this.#start();
    for (const worker of this.running) this.idle(worker);
  }

  /** The base is filled first, whatever is lost of it. */
  #nextIsSpot(): boolean {
    const onDemand = [...this.running, ...this.#starting].filter(({ isSpot }) => !isSpot).length;
    return onDemand >= this.#of.onDemandBase;
  }

  #start(): void {
    const { clock, random } = this.#of;
    const isSpot = this.#nextIsSpot();
    const at = clock.now;
    const { from, to } = assumptions.coldStartSeconds;
    const arrival = clock.after(random.between(from, to), () => {
      this.#starting.delete(task);
      this.#arrive(isSpot, at);
    });
    const task = { at, isSpot, arrival };
    this.#starting.add(task);
  }

  #arrive(isSpot: boolean, requestedAt: number): void {
    const { clock, random, cores, bulkSlots, hasLosses, arrived } = this.#of;
    const worker = new Worker(clock, { cores, bulkSlots, isSpot });
    this.running.add(worker);
    this.peak = Math.max(this.peak, this.running.size);
    this.paid[isSpot ? 'spot' : 'onDemand'] += clock.now - requestedAt;
    if (isSpot && hasLosses) {
      clock.after(random.waiting(3600 / assumptions.spotLossesPerHour), () => {
        if (!worker.isGone) this.#lose(worker);
      });
    }
    arrived(worker);
  }

  #lose(worker: Worker): void {
    this.losses++;
    this.#remove(worker);
    this.#of.lost(worker, this.#of.random.between(0, 1) < assumptions.suddenShare);
    this.#count(worker);
    if (this.running.size + this.#starting.size < this.#desired) this.#start();
  }

  #retire(worker: Worker): void {
    this.#remove(worker);
    worker.end();
    this.#count(worker);
  }

  #remove(worker: Worker): void {
    this.running.delete(worker);
    this.paid[worker.isSpot ? 'spot' : 'onDemand'] += this.#of.clock.now - worker.startedAt;
  }

  #count(worker: Worker): void {
    this.worked += worker.machine.worked;
    this.wasted += worker.wasted;
  }
}
