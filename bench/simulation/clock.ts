/** Something that will happen, unless it is called off. */
export interface Appointment {
  readonly at: number;
  cancelled: boolean;
}
interface Entry extends Appointment {
  readonly order: number;
  readonly happen: () => void;
}

/** Simulated time, in seconds: what is due happens in order, and what is due together in the order it was made. */
export class Clock {
  now = 0;
  readonly #heap: Entry[] = [];
  #made = 0;

  after(seconds: number, happen: () => void): Appointment {
    const entry: Entry = { at: this.now + Math.max(0, seconds), order: this.#made++, happen, cancelled: false };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return entry;
  }

  /** Lets time pass until `done`, or until nothing is left to happen. */
  run(done: () => boolean): void {
    while (!done()) {
      const next = this.#take();
      if (next === undefined) return;
      if (next.cancelled) continue;
      this.now = next.at;
      next.happen();
    }
  }

  #take(): Entry | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || this.#heap.length === 0) return first;
    this.#heap[0] = last;
    this.#sink();
    return first;
  }

  #rise(from: number): void {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#swapIfLater(parent, i)) return;
      i = parent;
    }
  }

  #sink(): void {
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= this.#heap.length) return;
      const child = left + 1 < this.#heap.length && this.#isLater(left, left + 1) ? left + 1 : left;
      if (!this.#swapIfLater(i, child)) return;
      i = child;
    }
  }

  #isLater(i: number, j: number): boolean {
    const a = this.#heap[i];
    const b = this.#heap[j];
    if (a === undefined || b === undefined) return false;
    return a.at > b.at || (a.at === b.at && a.order > b.order);
  }

  #swapIfLater(upper: number, lower: number): boolean {
    const a = this.#heap[upper];
    const b = this.#heap[lower];
    if (a === undefined || b === undefined || !this.#isLater(upper, lower)) return false;
    this.#heap[upper] = b;
    this.#heap[lower] = a;
    return true;
  }
}
