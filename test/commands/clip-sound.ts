/**
 * The sound of a generated clip, the same in every channel: a tone that never stops and starts at phase 0, and on top of
 * it a short beep in the middle of each second, where no segment of a whole number of seconds begins.
 */
export const tone = { hertz: 997, amplitude: 0.25 } as const;
export const beep = { hertz: 4000, amplitude: 0.25, seconds: 0.04, firstAtSeconds: 0.5, everySeconds: 1 } as const;

/** How much softer a clip of six channels is: their downmix to two adds up to this much. */
const surroundShare = 0.4;

/** An ffmpeg source of that sound. */
export function soundSource(sampleRate: number, channels: number, seconds: number): string {
  const burst = `between(mod(t\\,${beep.everySeconds})\\,${beep.firstAtSeconds}\\,${beep.firstAtSeconds + beep.seconds})`;
  const sound = `${tone.amplitude}*sin(2*PI*${tone.hertz}*t)+${beep.amplitude}*sin(2*PI*${beep.hertz}*t)*${burst}`;
  const layout = channels === 1 ? 'mono' : channels === 6 ? '5.1' : 'stereo';
  const pan = Array.from({ length: channels }, (_, c) => `c${c}=${channels === 6 ? surroundShare : 1}*c0`).join('|');
  return `aevalsrc='${sound}':s=${sampleRate}:d=${seconds},pan=${layout}|${pan}`;
}

/** The times at which beeps begin in a title of this length, seconds; those that the end cuts off are left out. */
export function beepTimes(seconds: number): number[] {
  const times: number[] = [];
  for (let at: number = beep.firstAtSeconds; at + beep.seconds < seconds; at += beep.everySeconds) times.push(at);
  return times;
}
