import { ffmpeg } from './binaries.ts';
import { codeHeightShare, codeSampleHeight, codeSampleWidth, readCode } from './frame-code.ts';

/** A frame as decoded. */
export interface SeenFrame {
  /** From 0, in order of presentation. */
  readonly index: number;
  readonly ptsSeconds: number;
  /** The number burnt into the picture; undefined where it cannot be read. */
  readonly number: number | undefined;
}

/** Decodes every frame of a file's picture, untouched in time, and reads the numbers burnt into them. */
export async function seenFrames(file: string): Promise<SeenFrame[]> {
  const { stdout, aside } = await ffmpeg([
    ...['-copyts', '-i', file, '-an', '-filter_complex'],
    `[0:v:0]crop=iw:ih*${codeHeightShare}:0:0,scale=${codeSampleWidth}:${codeSampleHeight}:flags=area,format=gray,split[a][b]`,
    ...['-map', '[a]', '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
    ...[
      '-map',
      '[b]',
      '-fps_mode',
      'passthrough',
      '-enc_time_base',
      'demux',
      '-c:v',
      'rawvideo',
      '-f',
      'framecrc',
      'pipe:3',
    ],
  ]);
  const times = presentationTimes(aside.toString());
  const size = codeSampleWidth * codeSampleHeight;
  if (stdout.length !== times.length * size) throw new Error(`${stdout.length} bytes are not ${times.length} frames`);
  return times.map((ptsSeconds, index) => ({
    index,
    ptsSeconds,
    number: readCode(stdout.subarray(index * size, (index + 1) * size)),
  }));
}

/** The times of the frames in framecrc's listing: `stream, dts, pts, duration, size, crc`, in a time base of its head. */
export function presentationTimes(listing: string): number[] {
  const [, num, den] = /^#tb 0: (\d+)\/(\d+)$/m.exec(listing) ?? [];
  const lines = listing.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => (Number(line.split(',')[2]) * Number(num)) / Number(den));
}

/**
 * What is wrong with the frames of a track: each frame must come at its time and show the number that is due then.
 * Frames of a rate are `index / rate` seconds apart, the first at 0.
 */
export function frameFaults(
  seen: readonly SeenFrame[],
  expected: {
    readonly frames: number;
    readonly framesPerSecond: number;
    readonly numberAt?: (index: number) => number;
  },
): string[] {
  const faults: string[] = [];
  if (seen.length !== expected.frames) faults.push(`${seen.length} frames where ${expected.frames} are due`);
  for (const { index, ptsSeconds, number } of seen.slice(0, expected.frames)) {
    const due = index / expected.framesPerSecond;
    if (Math.abs(ptsSeconds - due) > 0.0011)
      faults.push(`frame ${index} comes at ${ptsSeconds.toFixed(4)} s, not ${due.toFixed(4)} s`);
    const shown = expected.numberAt?.(index);
    if (shown !== undefined && number !== shown)
      faults.push(`frame ${index} shows number ${number ?? 'unreadable'}, not ${shown}`);
  }
  return faults;
}
