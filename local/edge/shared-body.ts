import type { Readable } from 'node:stream';

/**
 * A body that arrives once and is read by any number of readers, each from any byte, also while it still arrives.
 * When its last reader leaves before it is whole, the transfer ends.
 */
export class SharedBody {
  readonly sizeBytes: number;
  /** Resolves to whether the whole body arrived. */
  readonly settled: Promise<boolean>;
  #buffer: Buffer;
  #arrived = 0;
  #failure: Error | undefined;
  #readers = 0;
  #source: Readable;
  #abandoned = false;
  #wake: (() => void)[] = [];

  constructor(source: Readable, sizeBytes: number) {
    this.sizeBytes = sizeBytes;
    this.#buffer = Buffer.allocUnsafe(sizeBytes);
    this.#source = source;
    this.settled = this.#receive();
  }

  /** Whether all readers left before it was whole: nobody may join it any more. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  async #receive(): Promise<boolean> {
    try {
      for await (const chunk of this.#source as AsyncIterable<Buffer>) {
        if (this.#arrived + chunk.length > this.sizeBytes) throw new Error('the origin sent more than it declared');
        chunk.copy(this.#buffer, this.#arrived);
        this.#arrived += chunk.length;
        this.#wakeReaders();
      }
      if (this.#arrived < this.sizeBytes) throw new Error('the origin sent less than it declared');
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#wakeReaders();
    return this.#failure === undefined;
  }

  #wakeReaders(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }

  /** Bytes `start` to `end`, inclusive, as they arrive, until `signal`. @throws Error if the transfer fails. */
  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    this.#readers++;
    signal.addEventListener('abort', () => this.#wakeReaders());
    try {
      for (let at = start; at <= end; ) {
        while (this.#arrived <= at) {
          if (signal.aborted) return;
          if (this.#failure) throw this.#failure;
          await new Promise<void>((resolve) => this.#wake.push(resolve));
        }
        const until = Math.min(this.#arrived, end + 1);
        yield this.#buffer.subarray(at, until);
        at = until;
      }
    } finally {
      this.#readers--;
      if (this.#readers === 0 && this.#arrived < this.sizeBytes) {
        this.#abandoned = true;
        this.#source.destroy();
      }
    }
  }
}
