/** A sine as found in a stretch of sound: how strong, and how far turned, in radians. */
export interface Phasor {
  readonly amplitude: number;
  readonly phase: number;
}

/** Sound of one channel. */
export interface Sound {
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/** `angle` as -π to π. */
export const wrapped = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

/**
 * The sine of `hertz` in the `length` samples from `from`, under a Hann window, which keeps other frequencies out. The
 * phase is that at the sound's first sample: a sine that goes on undisturbed has the same phase wherever it is measured.
 */
export function sineAt({ samples, sampleRate }: Sound, hertz: number, from: number, length: number): Phasor {
  const step = (2 * Math.PI * hertz) / sampleRate;
  let re = 0;
  let im = 0;
  for (let i = 0; i < length; i++) {
    const weighted = (samples[from + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length));
    const angle = step * (from + i);
    re += weighted * Math.sin(angle);
    im += weighted * Math.cos(angle);
  }
  return { amplitude: (4 * Math.hypot(re, im)) / length, phase: Math.atan2(im, re) };
}

/** The largest difference, in the inner half of a stretch, between the sound and a sine. */
export function residual(
  { samples, sampleRate }: Sound,
  hertz: number,
  sine: Phasor,
  from: number,
  length: number,
): number {
  const step = (2 * Math.PI * hertz) / sampleRate;
  let worst = 0;
  for (let i = from + Math.floor(length / 4); i < from + (3 * length) / 4; i++) {
    worst = Math.max(worst, Math.abs((samples[i] ?? 0) - sine.amplitude * Math.sin(step * i + sine.phase)));
  }
  return worst;
}

/**
 * Where bursts of `hertz` that last `burstSeconds` begin, in seconds. The strength of the frequency in a window of a
 * burst's length rises and falls in a straight line as the window passes a burst; the middle between the points of half
 * strength is where the window lies on the burst exactly, however the codec has rounded its ends.
 */
export function burstTimes({ samples, sampleRate }: Sound, hertz: number, burstSeconds: number): number[] {
  const length = Math.round(burstSeconds * sampleRate);
  const step = (2 * Math.PI * hertz) / sampleRate;
  const re = new Float64Array(samples.length + 1);
  const im = new Float64Array(samples.length + 1);
  samples.forEach((sample, i) => {
    re[i + 1] = (re[i] ?? 0) + sample * Math.sin(step * i);
    im[i + 1] = (im[i] ?? 0) + sample * Math.cos(step * i);
  });
  // The window may begin before the sound does.
  const sum = (of: Float64Array, at: number) =>
    (of[Math.min(at + length, samples.length)] ?? 0) - (of[Math.max(0, at)] ?? 0);
  const strength = (at: number) => Math.hypot(sum(re, at), sum(im, at));
  let loudest = 0;
  for (let at = 0; at < samples.length; at += 32) loudest = Math.max(loudest, strength(at));
  const times: number[] = [];
  let risen: number | undefined;
  for (let at = 1 - length; at < samples.length; at++) {
    const loud = strength(at) > loudest / 2;
    if (loud) risen ??= at;
    else if (risen !== undefined) {
      times.push((risen + at - 1) / 2 / sampleRate);
      risen = undefined;
    }
  }
  return times;
}
