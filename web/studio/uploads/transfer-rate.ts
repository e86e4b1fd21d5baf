/** Speed is told over this window: short enough to follow a change, long enough not to jump with each part. */
const windowMs = 8000;

export interface TransferRate {
  readonly add: (at: number, bytesSent: number) => void;
  /** Bytes a second, or undefined until enough has been seen. */
  readonly bytesPerSecond: (now: number) => number | undefined;
}

/** Measures the speed of an upload from its progress. A step back (a part sent again) starts the measuring anew. */
export function transferRate(): TransferRate {
  let samples: { at: number; bytes: number }[] = [];
  return {
    add(at, bytes) {
      const last = samples.at(-1);
      if (last && bytes < last.bytes) samples = [];
      samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, bytes }];
    },
    bytesPerSecond(now) {
      const first = samples[0];
      const last = samples.at(-1);
      if (!first || !last || last.at - first.at < 1000) return undefined;
      // Measured up to now, not up to the last sample: a stalled connection slows down visibly.
      const seconds = Math.max(last.at, Math.min(now, first.at + windowMs)) - first.at;
      return ((last.bytes - first.bytes) * 1000) / seconds;
    },
  };
}
