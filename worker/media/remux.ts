import { join } from 'node:path';
import { inputGuards } from './arguments.ts';
import { type ChildLimits, runChild } from './child.ts';
import { type OpenSource, readingSeconds } from './loopback.ts';

/**
 * Containers that cannot be sought in exactly: MPEG streams have no index (a seek lands on a late keyframe), AVI has no
 * presentation times (B-frames come out of order). Copied once, without encoding, they behave like the rest.
 */
const unseekable = /^(mpegts|mpeg|avi|flv|asf|ogg)\b/;

export const needsRemux = (container: string): boolean => unseekable.test(container);

/** Copies picture and sound into Matroska; @returns its path in `limits.cwd`. */
export async function remux(
  ffmpeg: string,
  source: OpenSource,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<string> {
  const file = join(limits.cwd, 'remuxed.mkv');
  await runChild(
    ffmpeg,
    [
      ...[
        '-nostdin',
        '-hide_banner',
        '-loglevel',
        'error',
        '-y',
        '-fflags',
        '+genpts',
        ...inputGuards('http'),
        '-i',
        source.url,
      ],
      // `V`: no cover.
      ...['-map', '0:V:0', '-map', '0:a?', '-c', 'copy', '-f', 'matroska', file],
    ],
    { ...limits, timeoutSeconds: readingSeconds(source) },
  );
  return file;
}
