/**
 * What work costs, as measured by `npm run bench:work` on 2026-11-26: two virtual cores of an AMD EPYC, ffmpeg n9.0.2, 1080p30
 * H.264 at 8 Mbit/s with key frames every 2 s, a fractal zoom under film grain. Processor seconds are user and system time
 * of ffmpeg and the packager. Fitted over rungs alone and together, and over 1, 3 and 8 segments; docs/capacity.md has the figures.
 */
export const coefficients = {
  /** Starting two programs, seeking, decoding from the key frame before. */
  secondsPerJob: 0.7,
  decodeSecondsPerMegapixel: 0.0024,
  /** Of each rung's frame: what does not depend on its size, and what does. */
  encodeSecondsPerFrame: 0.0022,
  encodeSecondsPerMegapixel: 0.0132,
  /** A second of one audio rendition (AAC-LC, 128 kbit/s). */
  audioSecondsPerSecond: 0.03,
  /** A second of HDR, scaled down first and mapped in linear light. */
  toneMapSecondsPerSecond: 0.55,
  /** Probing, of a prepare or peek job. */
  probeSeconds: 0.3,
  /** Of a poster job. Assumed: it was not measured apart. */
  posterSeconds: 1.5,
  /** What a job on the express queue takes on average: nothing but its number is known there. */
  expressJobSeconds: 2.5,
  /**
   * The same work takes more processor time when the other half of each core is busy too, as in a fleet that works it is.
   * The whole pipeline took 2.43 to 2.62 processor seconds a second on busy cores (docs/benchmarks.md), where the
   * coefficients above say 1.95.
   */
  busyCores: 1.3,
} as const;
