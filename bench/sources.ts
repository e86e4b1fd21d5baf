import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './measure.ts';

/** A source to measure with: 1080p30 H.264 High, GOP 2 s, AAC 128 kbit/s. */
export interface BenchSource {
  readonly name: string;
  readonly seconds: number;
  readonly megabits: number;
}

export const benchSources: readonly BenchSource[] = [
  { name: '10 s at 8 Mbit/s', seconds: 10, megabits: 8 },
  { name: '60 s at 8 Mbit/s', seconds: 60, megabits: 8 },
  { name: '10 s at 30 Mbit/s', seconds: 10, megabits: 30 },
  { name: '60 s at 30 Mbit/s', seconds: 60, megabits: 30 },
  { name: '10 min at 8 Mbit/s', seconds: 600, megabits: 8 },
];

/** How the picture is made: a fractal zoom under film grain, so that detail moves everywhere and no frame repeats. */
export const pictureOf =
  'mandelbrot=size=1920x1080:rate=30:maxiter=1500:end_scale=0.01,noise=alls=7:allf=t,format=yuv420p';

/** Longer sources repeat this much, copied without encoding. */
const encodedSeconds = 10;

/** Makes the source once; later calls find it. */
export async function makeSource(ffmpeg: string, directory: string, source: BenchSource): Promise<string> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${source.seconds}s-${source.megabits}mbps.mp4`);
  if (existsSync(file)) return file;
  const part = `${file}.part.mp4`;
  if (source.seconds > encodedSeconds) {
    const base = await makeSource(ffmpeg, directory, { ...source, seconds: encodedSeconds });
    const loops = Math.ceil(source.seconds / encodedSeconds) - 1;
    await run(ffmpeg, [
      '-v',
      'error',
      '-y',
      '-stream_loop',
      String(loops),
      '-i',
      base,
      '-c',
      'copy',
      '-movflags',
      '+faststart',
      part,
    ]);
  } else {
    const rate = `${source.megabits}M`;
    await run(ffmpeg, [
      ...[
        '-v',
        'error',
        '-y',
        '-f',
        'lavfi',
        '-i',
        pictureOf,
        '-f',
        'lavfi',
        '-i',
        'sine=frequency=440:sample_rate=48000',
      ],
      ...[
        '-t',
        String(source.seconds),
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-profile:v',
        'high',
        '-g',
        '60',
        '-bf',
        '2',
      ],
      ...['-b:v', rate, '-minrate', rate, '-maxrate', rate, '-bufsize', rate, '-nal-hrd', 'cbr'],
      ...['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', part],
    ]);
  }
  renameSync(part, file);
  return file;
}
