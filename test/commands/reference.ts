import * as z from 'zod';
import { ffmpeg, ffprobe } from './binaries.ts';
import type { FrameRate } from './clip.ts';
import { toneMappedGray } from './tone-mapping.ts';

/** Pictures are compared this small and without colour: which frame it is shows as well, and codecs' grain does not. */
const width = 160;
const height = 90;
const pixels = width * height;

/**
 * Below this, in dB, a frame shows something else. Of pictures half as wide and high: of the others a low rung that lacks
 * bits where everything moves at once comes to 22, as a bare encode does. The lowest seen of these is 24.4, and an encoder
 * with two threads makes other bytes each time.
 */
const leastPsnr = 23;
/** Neighbours that are more alike than this, in dB, cannot be told apart after an encode. */
const stillPsnr = 38;
/** By how much, in dB, a neighbour must be nearer: a low rung takes a frame or two to follow a cut in a still scene. */
const clearlyNearer = 3;
/** How far around its place a frame is looked for. */
const reach = 2;

const small = `scale=${width}:${height}:flags=area`;

/** The pictures of an input through a filter, gray, or with all of their three planes. */
async function smallFrames(input: readonly string[], filter: string, planes: 1 | 3): Promise<Uint8Array[]> {
  const size = planes * pixels;
  const { stdout } = await ffmpeg([
    ...input,
    '-an',
    '-filter_complex',
    `[0:v:0]${filter},format=${planes === 1 ? 'gray' : 'yuv444p'}`,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    'pipe:1',
  ]);
  return Array.from({ length: Math.floor(stdout.length / size) }, (_, n) => stdout.subarray(n * size, (n + 1) * size));
}

const Facts = z.object({
  streams: z.tuple([z.object({ start_time: z.coerce.number(), color_transfer: z.string().optional() })]),
  format: z.object({ start_time: z.coerce.number() }),
});

/**
 * Where the title of a source starts on the source's own clock, in seconds: with the file, or with its picture where that
 * comes less than a tenth of a second later; and whether its picture is HLG.
 */
async function factsOf(source: string): Promise<{ start: number; isHlg: boolean }> {
  const { streams, format } = Facts.parse(
    await ffprobe(
      source,
      '-select_streams',
      'v:0',
      '-show_entries',
      'stream=start_time,color_transfer:format=start_time',
    ),
  );
  const [{ start_time: picture, color_transfer: transfer }] = streams;
  const late = picture - format.start_time;
  return { start: late > 0 && late < 0.1 ? picture : format.start_time, isHlg: transfer === 'arib-std-b67' };
}

/**
 * The frames of a source as a title of a rate has them: decoded from its start to its end in one go, without a seek, a
 * chunk or a remuxed copy, put on the title's grid of times, in BT.709.
 */
export async function referenceFrames(source: string, rate: FrameRate): Promise<Uint8Array[]> {
  const { start, isHlg } = await factsOf(source);
  const grid = `setpts=PTS-${start.toFixed(6)}/TB,fps=fps=${rate.num}/${rate.den}:start_time=0:round=near`;
  const frames = await smallFrames(['-copyts', '-i', source], `${grid},${small}`, isHlg ? 3 : 1);
  return isHlg ? frames.map((planes) => toneMappedGray(planes, pixels)) : frames;
}

/** A picture half as wide and high. */
function halved(gray: Uint8Array): Uint8Array {
  const at = (x: number, y: number) => gray[width * y + x] ?? 0;
  return Uint8Array.from({ length: pixels / 4 }, (_, i) => {
    const [x, y] = [2 * (i % (width / 2)), 2 * Math.floor(i / (width / 2))];
    return Math.round((at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4);
  });
}

/** Peak signal-to-noise ratio of two pictures, dB; 100 for equal ones. */
function psnr(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  if (!a || !b) return Number.NEGATIVE_INFINITY;
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return squares === 0 ? 100 : Math.min(100, 10 * Math.log10((255 ** 2 * a.length) / squares));
}

/**
 * What is wrong with the pictures of a rung, by the source itself: each frame must be the source's frame of its time, and
 * no neighbour of it. Where the picture stands still, neighbours are not told apart.
 */
export async function referenceFaults(rung: string, reference: readonly Uint8Array[]): Promise<string[]> {
  const frames = await smallFrames(['-copyts', '-i', rung], small, 1);
  const faults: string[] = [];
  if (Math.abs(frames.length - reference.length) > 1)
    faults.push(`${frames.length} frames where the source has ${reference.length}`);
  frames.slice(0, reference.length).forEach((frame, n) => {
    const here = psnr(frame, reference[n]);
    const coarsely = psnr(halved(frame), halved(reference[n] ?? frame));
    if (coarsely < leastPsnr) faults.push(`frame ${n} is ${coarsely.toFixed(1)} dB from the source's`);
    for (let other = Math.max(0, n - reach); other <= n + reach; other++) {
      if (other === n || psnr(reference[n], reference[other]) > stillPsnr) continue;
      const there = psnr(frame, reference[other]);
      if (there > here + clearlyNearer)
        faults.push(`frame ${n} is the source's ${other}: ${there.toFixed(1)} against ${here.toFixed(1)} dB`);
    }
  });
  return faults;
}
