import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ffmpeg } from './binaries.ts';
import { claimDuration } from './claimed-duration.ts';
import { frameCount, muxArguments, pictureArguments } from './clip-arguments.ts';

/** Frames a second as a fraction. */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/** What a clip is made of. The same options are the same file. */
export interface ClipOptions {
  readonly seconds: number;
  readonly rate: FrameRate;
  /** As shown, after rotation. */
  readonly width: number;
  readonly height: number;
  /**
   * `pattern`: cheap, with a time code for people. `natural`: a slow zoom into fine detail with film grain, which takes
   * about 8 Mbit/s of H.264 at 1080p30 and CRF 23, as footage does.
   */
  readonly scene: 'pattern' | 'natural';
  readonly codec: 'libx264' | 'mpeg4' | 'libvpx-vp9' | 'prores_ks';
  /** Average bit rate of the picture; by default constant quality. */
  readonly bitrateBps?: number;
  readonly gopFrames: number;
  readonly container: 'mp4' | 'mov' | 'mkv' | 'ts' | 'avi' | 'webm' | 'flv';
  readonly sound: {
    readonly sampleRate: 44_100 | 48_000;
    readonly channels: 1 | 2 | 6;
    readonly seconds?: number;
  } | null;
  /** Encodes the picture once and repeats it this often; frame numbers start anew each time, the sound does not. */
  readonly repeat?: number;
  /** Leaves frames out: two of every seven, and all from 3.2 to 4.7 s. */
  readonly irregular?: boolean;
  /** The picture does not change from one of these times to the other, seconds: there are no frames for it. */
  readonly still?: { readonly from: number; readonly to: number };
  /** Coded as fields, the top one first. */
  readonly interlaced?: boolean;
  /** The coded picture is narrower than it is shown, by this factor. */
  readonly squeezed?: number;
  /** ISO 639-2 codes: as many audio tracks, all alike. One without a language by default. */
  readonly languages?: readonly string[];
  /** Degrees counter-clockwise by which a player has to turn the coded picture. */
  readonly rotation?: 90 | 180 | 270;
  /** All timestamps are this much later. */
  readonly startSeconds?: number;
  /** The picture starts this much later than the sound. */
  readonly pictureDelaySeconds?: number;
  /** The container claims to be this much longer than it is. */
  readonly claimedExtraSeconds?: number;
  /** The picture is black for so long from its start, without a number. */
  readonly blackSeconds?: number;
  /** Fragmented MP4, whose claim is in `mehd`. */
  readonly fragmented?: boolean;
  /** An attached picture, as of a record. */
  readonly cover?: boolean;
  /** Written as it comes: the container names no duration, and has no index. */
  readonly live?: boolean;
  /** What the second half of the picture is coded in: half the width and height, another shape, other samples. */
  readonly turnsInto?: 'smaller' | 'upright' | 'ten bits' | '4:4:4';
}

export interface Clip extends ClipOptions {
  readonly file: string;
  /** Frames of the picture, counted as if none were left out. */
  readonly frames: number;
}

export const ordinary: Omit<ClipOptions, 'seconds'> = {
  rate: { num: 30, den: 1 },
  width: 640,
  height: 360,
  scene: 'pattern',
  codec: 'libx264',
  gopFrames: 75,
  container: 'mp4',
  sound: { sampleRate: 48_000, channels: 2 },
};

const cache = resolve(import.meta.dirname, '../../.sluice/clips');
/** Raised when the same options begin to give other bytes. */
const recipe = 3;

/** Whether frame `n` of a clip exists. */
export function isKept(
  n: number,
  { rate, irregular, still }: Pick<ClipOptions, 'rate' | 'irregular' | 'still'>,
): boolean {
  const at = (n * rate.den) / rate.num;
  if (still && at >= still.from && at < still.to) return false;
  if (!irregular) return true;
  return n % 7 !== 3 && n % 7 !== 5 && !(at >= 3.2 && at < 4.7);
}

/** The number that output frame `n` of a title made at `output` must show: the last source frame that is due by then. */
export function numberAt(clip: Clip, n: number, output: FrameRate = clip.rate): number {
  const due = (s: number) => Math.round((s * clip.rate.den * output.num) / (clip.rate.num * output.den));
  let s = Math.min(clip.frames - 1, Math.ceil(((n + 1) * output.den * clip.rate.num) / (output.num * clip.rate.den)));
  while (s > 0 && (due(s) > n || !isKept(s, clip))) s--;
  return s % (clip.frames / (clip.repeat ?? 1));
}

/** Makes a clip, or finds it made. Clips are kept between runs. */
export async function clip(options: ClipOptions): Promise<Clip> {
  const file = await cached(Object.entries(options).sort(), options.container, async (muxed) => {
    await ffmpeg([...muxArguments(options, await picture(options)), muxed]);
    if (options.claimedExtraSeconds !== undefined)
      await claimDuration(muxed, options.seconds, options.claimedExtraSeconds);
  });
  return { ...options, file, frames: frameCount(options) };
}

/** What a clip shows, without its sound and in a container between; many clips are of one picture. */
function picture(options: ClipOptions): Promise<string> {
  const between = options.turnsInto ? 'ts' : options.codec === 'prores_ks' ? 'mov' : 'mp4';
  const [first, second] = [pictureArguments(options), options.turnsInto && pictureArguments(options, 'second')];
  return cached([first, second], between, async (file) => {
    await ffmpeg([...first, file]);
    if (!second) return;
    const rest = `${file}.rest.${between}`;
    await ffmpeg([...second, rest]);
    await appendFile(file, await readFile(rest));
  });
}

/** The file that `make` writes for what is described, unless it is there. */
async function cached(described: unknown, extension: string, make: (file: string) => Promise<void>): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([recipe, described]))
    .digest('hex')
    .slice(0, 20);
  const file = join(cache, `${key}.${extension}`);
  if (existsSync(file)) return file;
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(cache, 'making-'));
  try {
    // Moved to its place whole: two runs at once may make the same.
    const made = join(scratch, `made.${extension}`);
    await make(made);
    await rename(made, file);
    return file;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
