/** Random numbers that are the same in every run of one seed. */
export interface Random {
  /** In [from, to). */
  readonly between: (from: number, to: number) => number;
  /** Exponentially distributed, of this mean: the time until what happens at a steady rate happens next. */
  readonly waiting: (mean: number) => number;
  /** Log-normally distributed, of mean 1; `sigma` is the deviation of its logarithm. */
  readonly spread: (sigma: number) => number;
}

/** Mulberry32: 32 bits of state, good enough for queues. */
export function random(seed: number): Random {
  let state = seed;
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    between: (from, to) => from + (to - from) * unit(),
    waiting: (mean) => -mean * Math.log(1 - unit()),
    spread: (sigma) => Math.exp(sigma * normal() - sigma ** 2 / 2),
  };
}
