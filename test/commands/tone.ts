import { ffmpeg } from './binaries.ts';
import { beep, beepTimes, tone } from './clip-sound.ts';
import { burstTimes, residual, type Sound, sineAt, wrapped } from './demodulate.ts';

/** Decodes one audio track of a file, its first channel, without any repair of gaps. */
export async function decodedSound(file: string, sampleRate = 48_000): Promise<Sound> {
  const { stdout } = await ffmpeg([
    ...[
      '-i',
      file,
      '-vn',
      '-map',
      '0:a:0',
      '-af',
      'pan=mono|c0=c0',
      '-ar',
      String(sampleRate),
      '-f',
      'f32le',
      'pipe:1',
    ],
  ]);
  return { samples: new Float32Array(stdout.buffer, stdout.byteOffset, stdout.length / 4), sampleRate };
}

/** What of a clip's sound is left in a track. */
export interface ExpectedSound {
  /** How long the clip's tone goes on; after it there may be silence. */
  readonly toneSeconds: number;
  /** By how much the sound comes later than in the clip, because the title starts earlier (or, negative, later) than it. */
  readonly laterSeconds?: number;
  /** How exactly it must come then; 0.8 ms unless the source itself is less exact. */
  readonly syncToleranceSeconds?: number;
  /** Samples that the track has, where that is known. */
  readonly samples?: number;
  /** The start of the sound that is not looked at: the first frame of an encoder fades in. */
  readonly fadeInSeconds: number;
}

/** The tone is measured in windows of this length, one every half of it. */
const windowSeconds = 0.02;
/** A sample more or less turns the tone by 0.13 radians; AAC's own noise by less than 0.02. */
const mostTurn = 0.065;
/** A click, in shares of the tone. AAC's own noise stays below 0.04. */
const mostResidual = 0.12;
/** 20·lg(1.12) = 1 dB. */
const levelTolerance = 0.12;
/** Less than one period of the tone, so that a jump which leaves its phase alone is heard as well. */
const syncToleranceSeconds = 0.0008;

const at = (seconds: number) => `at ${seconds.toFixed(3)} s`;

/**
 * What is wrong with the sound of a clip: a gap, a repeated or missing sample, a click, a change of level, a beep that
 * comes early or late. Seams of segments are nowhere spared.
 */
export function soundFaults(sound: Sound, expected: ExpectedSound): string[] {
  const faults: string[] = [];
  if (expected.samples !== undefined && sound.samples.length !== expected.samples) {
    faults.push(`${sound.samples.length} samples where ${expected.samples} are due`);
  }
  return [...faults, ...toneFaults(sound, expected), ...beepFaults(sound, expected)];
}

function toneFaults(
  sound: Sound,
  {
    toneSeconds,
    fadeInSeconds,
    laterSeconds = 0,
    syncToleranceSeconds: tolerance = syncToleranceSeconds,
  }: ExpectedSound,
): string[] {
  const length = Math.round(windowSeconds * sound.sampleRate);
  const first = Math.round(fadeInSeconds * sound.sampleRate);
  const end = Math.round((toneSeconds + Math.min(0, laterSeconds) - tolerance) * sound.sampleRate);
  const last = Math.min(sound.samples.length, end) - length;
  const starts = Array.from(
    { length: Math.max(0, Math.floor((last - first) / (length / 2)) + 1) },
    (_, i) => first + (i * length) / 2,
  );
  const sines = starts.map((start) => sineAt(sound, tone.hertz, start, length));
  const level = median(sines.map((sine) => sine.amplitude));
  if (level < 0.02) return [`no tone: its level is ${level.toFixed(4)}`];
  const faults: string[] = [];
  sines.forEach((sine, i) => {
    const start = starts[i] ?? 0;
    const seconds = (start + length / 2) / sound.sampleRate;
    if (Math.abs(sine.amplitude / level - 1) > levelTolerance)
      faults.push(`the tone's level is ${(sine.amplitude / level).toFixed(2)} ${at(seconds)}`);
    const turn = wrapped(sine.phase - (sines[i - 1] ?? sine).phase);
    const samples = (turn / (2 * Math.PI * tone.hertz)) * sound.sampleRate;
    if (Math.abs(turn) > mostTurn) faults.push(`the tone jumps by ${samples.toFixed(1)} samples ${at(seconds)}`);
    const click = duringBeep(seconds - laterSeconds) ? 0 : residual(sound, tone.hertz, sine, start, length) / level;
    if (click > mostResidual) faults.push(`a click of ${click.toFixed(2)} of the tone ${at(seconds)}`);
  });
  return faults;
}

function duringBeep(seconds: number): boolean {
  const sinceBeep = (seconds - beep.firstAtSeconds + 2 * windowSeconds) % beep.everySeconds;
  return seconds > beep.firstAtSeconds - 2 * windowSeconds && sinceBeep < beep.seconds + 4 * windowSeconds;
}

function beepFaults(
  sound: Sound,
  { toneSeconds, laterSeconds = 0, syncToleranceSeconds: tolerance = syncToleranceSeconds }: ExpectedSound,
): string[] {
  const end = sound.samples.length / sound.sampleRate;
  const due = beepTimes(toneSeconds)
    .map((time) => time + laterSeconds)
    .filter((time) => time > 0 && time + beep.seconds < end);
  if (due.length === 0) return [];
  const heard = burstTimes(sound, beep.hertz, beep.seconds);
  const late = due.flatMap((time) => {
    const nearest = heard.reduce(
      (best, h) => (Math.abs(h - time) < Math.abs(best - time) ? h : best),
      Number.POSITIVE_INFINITY,
    );
    return Math.abs(nearest - time) > tolerance
      ? [`the beep due ${at(time)} is ${((nearest - time) * 1000).toFixed(1)} ms late`]
      : [];
  });
  // A beep that the start or the end cuts may be heard as well.
  return heard.length > due.length + 2 ? [...late, `${heard.length} beeps where ${due.length} are due`] : late;
}

/** The middle value. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
