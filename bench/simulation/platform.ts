import { backlogSeconds } from '../../domain/capacity/backlog.ts';
import { drainSeconds } from '../../domain/capacity/scaling.ts';
import { outstanding } from '../../domain/jobs/order.ts';
import { availability } from '../../domain/jobs/records.ts';
import { assumptions } from './assumptions.ts';
import { Clock } from './clock.ts';
import { FairQueue } from './fair-queue.ts';
import { type FleetOptions, Tasks } from './fleet.ts';
import { Idle } from './idle.ts';
import { type Random, random } from './random.ts';
import type { SimulatedJob, Title } from './titles.ts';
import { leaseLeft, type Slot } from './worker.ts';

export interface PlatformOptions {
  readonly seed: number;
  readonly fleet: FleetOptions;
  readonly isFair?: boolean;
}

/** The pipeline from a complete upload to a ready title: queues, workers, stages; by the product's own rules. */
export class Platform {
  readonly clock = new Clock();
  readonly random: Random;
  readonly tasks: Tasks;
  readonly titles: Title[] = [];
  readonly #express: FairQueue<SimulatedJob>;
  readonly #bulk: FairQueue<SimulatedJob>;
  readonly #idle: Idle;
  /** Titles whose encode stage is open. */
  readonly #open = new Set<Title>();
  #expected = 0;
  #settled = 0;

  constructor({ seed, fleet, isFair = true }: PlatformOptions) {
    this.random = random(seed);
    const now = () => this.clock.now;
    this.#express = new FairQueue({ isFair, now });
    this.#bulk = new FairQueue({ isFair, now });
    this.#idle = new Idle(this.random);
    this.tasks = new Tasks({
      ...fleet,
      clock: this.clock,
      random: this.random,
      drain: (count) => drainSeconds(this.#backlog(), count, fleet.cores),
      arrived: (worker) => {
        for (const slot of worker.slots) this.#free(slot);
      },
      lost: (worker, isSudden) => {
        for (const job of worker.end()) this.#orphan(job, isSudden);
      },
    });
  }

  /** An upload is complete at its time; its title is made then. */
  upload(uploadedAt: number, make: () => Title): void {
    this.#expected++;
    this.clock.after(uploadedAt - this.clock.now, () => {
      const title = make();
      this.titles.push(title);
      const { prepare } = title;
      if (prepare) this.clock.after(assumptions.startSeconds, () => this.#send(prepare));
    });
  }

  /** Until every title is ready or has failed. */
  run(): void {
    this.clock.run(() => this.#settled === this.#expected);
    this.tasks.close();
  }

  /** As the function reckons it that publishes it. */
  #backlog(): number {
    const open = [...this.#open].map(({ reckonedSeconds, remaining, jobs }) => ({
      attempt: 1,
      encodeWork: { attempt: 1, cpuSeconds: reckonedSeconds },
      progress: 1 - remaining / jobs.length,
    }));
    return backlogSeconds(open, this.#express.waiting + this.#express.inFlight);
  }

  #queueOf = ({ isUrgent }: SimulatedJob) => (isUrgent ? this.#express : this.#bulk);

  #send(job: SimulatedJob): void {
    this.#queueOf(job).send(job);
    this.#offer(job.isUrgent);
  }

  /** Something waits: whoever is idle and listens gets it. */
  #offer(isUrgent: boolean): void {
    const slot = this.#idle.take(isUrgent);
    if (slot) this.#serve(slot);
    else if (isUrgent) this.#idle.whenPolled(this.clock, () => this.#polled());
  }

  /** A bulk slot that waits for bulk jobs looks at express jobs again when its poll ends. */
  #polled(): void {
    const slot = this.#express.waiting > 0 ? this.#idle.take(false) : undefined;
    if (slot) this.#serve(slot);
    if (this.#express.waiting > 0) this.#offer(true);
  }

  #free(slot: Slot): void {
    this.tasks?.idle(slot.worker);
    if (!slot.worker.isGone) this.#serve(slot);
  }

  /** Gives a slot its next job: express before bulk. */
  #serve(slot: Slot): void {
    for (;;) {
      const job = this.#express.receive() ?? (slot.isExpress ? undefined : this.#bulk.receive());
      if (job === undefined) {
        this.#idle.add(slot);
        return;
      }
      const found = availability(this.#atMilliseconds(job), this.clock.now * 1000);
      if (found === 'free') {
        this.#claim(job, slot);
        return;
      }
      this.#queueOf(job).delete(job);
      if (found === 'exhausted') this.#fail(job.title);
    }
  }

  #claim(job: SimulatedJob, slot: Slot): void {
    job.state = 'running';
    job.tries++;
    slot.worker.work(job, () => {
      this.#finish(job);
      this.#free(slot);
    });
  }

  #atMilliseconds = ({ state, tries, leaseExpiresAt = 0 }: SimulatedJob) => ({
    state,
    tries,
    leaseExpiresAt: leaseExpiresAt * 1000,
  });

  #finish(job: SimulatedJob): void {
    this.#queueOf(job).delete(job);
    job.state = 'done';
    const { title } = job;
    if (job === title.prepare) {
      title.playableAt = this.clock.now;
      this.clock.after(assumptions.stageSeconds, () => this.#openStage(title));
      return;
    }
    title.remaining--;
    const next = job.successor === undefined ? undefined : title.byId.get(job.successor);
    if (next) this.#send(next);
    if (title.remaining > 0) return;
    this.#open.delete(title);
    title.encodedAt = this.clock.now;
    title.readyAt = this.clock.now + assumptions.endSeconds;
    this.#settled++;
  }

  #openStage(title: Title): void {
    title.startedAt = this.clock.now;
    this.#open.add(title);
    for (const job of outstanding(title.jobs)) this.#send(job);
  }

  #orphan(job: SimulatedJob, isSudden: boolean): void {
    if (isSudden) {
      const left = leaseLeft(this.random);
      job.leaseExpiresAt = this.clock.now + left;
      this.clock.after(left, () => this.#giveBack(job));
    } else {
      job.state = 'queued';
      job.tries--;
      this.#giveBack(job);
    }
  }

  #giveBack(job: SimulatedJob): void {
    this.#queueOf(job).giveBack(job);
    this.#offer(job.isUrgent);
  }

  #fail(title: Title): void {
    if (title.failed) return;
    title.failed = true;
    this.#open.delete(title);
    this.#settled++;
  }
}
