import * as z from 'zod';
import { ffmpeg, ffprobe } from './binaries.ts';
import type { FrameRate } from './clip.ts';

/** Pictures are compared this small and without colour: which frame it is shows as well, and codecs' grain does not. */
const width = 160;
const height = 90;
const pixels = width * height;

/** Below this, in dB, a frame shows something else; the lowest rung falls to 27 where everything moves at once. */
const leastPsnr = 24;
/** Neighbours that are more alike than this, in dB, cannot be told apart after an encode. */
const stillPsnr = 38;
/** By how much, in dB, a neighbour must be nearer: a low rung takes a frame or two to follow a cut in a still scene. */
const clearlyNearer = 3;
/** How far around its place a frame is looked for. */
const reach = 2;

const small = `scale=${width}:${height}:flags=area,format=gray`;

async function grayFrames(input: readonly string[], filter: string): Promise<Uint8Array[]> {
  const { stdout } = await ffmpeg([
    ...input,
    '-an',
    '-filter_complex',
    `[0:v:0]${filter}`,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    'pipe:1',
  ]);
  return Array.from({ length: Math.floor(stdout.length / pixels) }, (_, n) =>
    stdout.subarray(n * pixels, (n + 1) * pixels),
  );
}

const Starts = z.object({
  streams: z.tuple([z.object({ start_time: z.coerce.number() })]),
  format: z.object({ start_time: z.coerce.number() }),
});

/**
 * The time of a source, on its own clock, at which its title starts: with the file, or with its picture where that comes
 * less than a tenth of a second later.
 */
async function titleStart(source: string): Promise<number> {
  const { streams, format } = Starts.parse(
    await ffprobe(source, '-select_streams', 'v:0', '-show_entries', 'stream=start_time:format=start_time'),
  );
  const late = streams[0].start_time - format.start_time;
  return late > 0 && late < 0.1 ? streams[0].start_time : format.start_time;
}

/**
 * The frames of a source as a title of a rate has them: decoded from its start to its end in one go, without a seek, a
 * chunk or a remuxed copy, put on the title's grid of times.
 */
export async function referenceFrames(source: string, rate: FrameRate): Promise<Uint8Array[]> {
  const grid = `setpts=PTS-${(await titleStart(source)).toFixed(6)}/TB,fps=fps=${rate.num}/${rate.den}:start_time=0:round=near`;
  return grayFrames(['-copyts', '-i', source], `${grid},${small}`);
}

/** Peak signal-to-noise ratio of two pictures, dB; 100 for equal ones. */
function psnr(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  if (!a || !b) return Number.NEGATIVE_INFINITY;
  let squares = 0;
  for (let i = 0; i < pixels; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return squares === 0 ? 100 : Math.min(100, 10 * Math.log10((255 ** 2 * pixels) / squares));
}

/**
 * What is wrong with the pictures of a rung, by the source itself: each frame must be the source's frame of its time, and
 * no neighbour of it. Where the picture stands still, neighbours are not told apart.
 */
export async function referenceFaults(rung: string, reference: readonly Uint8Array[]): Promise<string[]> {
  const frames = await grayFrames(['-copyts', '-i', rung], small);
  const faults: string[] = [];
  if (Math.abs(frames.length - reference.length) > 1)
    faults.push(`${frames.length} frames where the source has ${reference.length}`);
  frames.slice(0, reference.length).forEach((frame, n) => {
    const here = psnr(frame, reference[n]);
    if (here < leastPsnr) faults.push(`frame ${n} is ${here.toFixed(1)} dB from the source's`);
    for (let other = Math.max(0, n - reach); other <= n + reach; other++) {
      if (other === n || psnr(reference[n], reference[other]) > stillPsnr) continue;
      const there = psnr(frame, reference[other]);
      if (there > here + clearlyNearer)
        faults.push(`frame ${n} is the source's ${other}: ${there.toFixed(1)} against ${here.toFixed(1)} dB`);
    }
  });
  return faults;
}
