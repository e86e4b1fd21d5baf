/** What a queue needs to know of a message. */
export interface Grouped {
  readonly group: string;
}

interface Group<M> {
  readonly waiting: { readonly order: number; readonly message: M }[];
  inFlight: number;
  readonly time: Recent;
}

const orderOf = ({ waiting }: Group<unknown>) => waiting[0]?.order ?? Number.POSITIVE_INFINITY;

/** A sum in which what is past counts less and less. How far back Amazon looks it does not say; a minute is assumed. */
class Recent {
  #sum = 0;
  #at = 0;
  add(seconds: number, now: number): void {
    this.#sum = this.of(now) + seconds;
    this.#at = now;
  }
  of(now: number): number {
    return this.#sum * Math.exp((this.#at - now) / 60);
  }
}

/**
 * A standard SQS queue with message groups, as Amazon documents its fair queues. A group is noisy that has at least 30 messages
 * in flight which are over a tenth of all, or that took over a tenth of the recent processing time. Quiet groups are
 * served first, in the order of their messages; then the noisy group that has the fewest in flight.
 */
export class FairQueue<M extends Grouped> {
  readonly #groups = new Map<string, Group<M>>();
  /** Those of which something waits. */
  readonly #ready = new Set<Group<M>>();
  readonly #isFair: boolean;
  readonly #now: () => number;
  readonly #received = new Map<M, number>();
  readonly #time = new Recent();
  #sent = 0;
  inFlight = 0;
  waiting = 0;

  constructor({ isFair, now }: { isFair: boolean; now: () => number }) {
    this.#isFair = isFair;
    this.#now = now;
  }

  send(message: M): void {
    const group = this.#groupOf(message);
    group.waiting.push({ order: this.#sent++, message });
    this.#ready.add(group);
    this.waiting++;
  }

  /** Takes the message whose turn it is: it is in flight until it is ended or comes back. */
  receive(): M | undefined {
    const chosen = this.#next();
    const taken = chosen?.waiting.shift();
    if (chosen === undefined || taken === undefined) return undefined;
    if (chosen.waiting.length === 0) this.#ready.delete(chosen);
    chosen.inFlight++;
    this.inFlight++;
    this.waiting--;
    this.#received.set(taken.message, this.#now());
    return taken.message;
  }

  delete(message: M): void {
    const group = this.#groupOf(message);
    group.inFlight--;
    this.inFlight--;
    const now = this.#now();
    const seconds = now - (this.#received.get(message) ?? now);
    this.#received.delete(message);
    group.time.add(seconds, now);
    this.#time.add(seconds, now);
  }

  /** It becomes visible again. */
  giveBack(message: M): void {
    this.delete(message);
    this.send(message);
  }

  /** The quiet group whose message has waited longest, or else the noisy one that has the fewest in flight. */
  #next(): Group<M> | undefined {
    let quiet: Group<M> | undefined;
    let noisy: Group<M> | undefined;
    for (const group of this.#ready) {
      if (this.#isNoisy(group)) {
        if (noisy === undefined || group.inFlight < noisy.inFlight) noisy = group;
      } else if (quiet === undefined || orderOf(group) < orderOf(quiet)) quiet = group;
    }
    return quiet ?? noisy;
  }

  #isNoisy({ inFlight, time }: Group<M>): boolean {
    if (!this.#isFair) return false;
    if (inFlight >= 30 && inFlight > 0.1 * this.inFlight) return true;
    const now = this.#now();
    return time.of(now) > 0.1 * this.#time.of(now);
  }

  #groupOf({ group }: Grouped): Group<M> {
    const known = this.#groups.get(group) ?? { waiting: [], inFlight: 0, time: new Recent() };
    this.#groups.set(group, known);
    return known;
  }
}
