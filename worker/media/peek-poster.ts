import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inputGuards } from './arguments.ts';
import { type ChildLimits, runChild } from './child.ts';

/** Lines of the picture: it is shown beside a progress bar, and travels inside an answer of the API. */
const lines = 180;

/** The most typical picture of an encoded segment, small: a JPEG. `video` is a file in `limits.cwd`. */
export async function peekPoster(
  ffmpeg: string,
  video: string,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<Buffer> {
  const file = 'peek-poster.jpg';
  await runChild(
    ffmpeg,
    [
      ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...inputGuards('file'), '-i', video],
      ...['-vf', `scale=-2:${lines},thumbnail=150`, '-frames:v', '1', '-q:v', '5', '-pix_fmt', 'yuvj420p'],
      ...['-update', '1', '-f', 'image2', file],
    ],
    { ...limits, timeoutSeconds: 30 },
  );
  return readFile(join(limits.cwd, file));
}
