import { waitSeconds } from '../../worker/pull.ts';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';
import type { Slot } from './worker.ts';

/** Slots that wait for messages. A queue gives a message to any of those that poll it. */
export class Idle {
  readonly #random: Random;
  readonly #express: Slot[] = [];
  readonly #bulk: Slot[] = [];
  #polls = false;

  constructor(random: Random) {
    this.#random = random;
  }

  add(slot: Slot): void {
    (slot.isExpress ? this.#express : this.#bulk).push(slot);
  }

  take(isExpress: boolean): Slot | undefined {
    const slots = isExpress ? this.#express : this.#bulk;
    while (slots.length > 0) {
      const i = Math.floor(this.#random.between(0, slots.length));
      const slot = slots[i];
      const last = slots.pop();
      if (last && i < slots.length) slots[i] = last;
      if (slot && !slot.worker.isGone) return slot;
    }
    return undefined;
  }

  /** Some slot's poll of the bulk queue ends within its wait. */
  whenPolled(clock: Clock, polled: () => void): void {
    if (this.#polls || this.#bulk.length === 0) return;
    this.#polls = true;
    clock.after(this.#random.between(0, waitSeconds / this.#bulk.length), () => {
      this.#polls = false;
      polled();
    });
  }
}
