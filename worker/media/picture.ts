import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  maxPicturePixels,
  type PictureProblem,
  type PictureType,
  pictureBox,
  pictureTypeOf,
} from '../../domain/media/picture.ts';
import { benchmarkedCpuSeconds, ChildFailure, type ChildLimits, runChild } from './child.ts';

/** A picture from outside is read as what its first bytes say, and as nothing else: no demuxer is left to guess. */
const readers = {
  'image/jpeg': { format: 'jpeg_pipe', decoder: 'mjpeg' },
  'image/png': { format: 'png_pipe', decoder: 'png' },
  'image/webp': { format: 'webp_pipe', decoder: 'webp' },
} as const satisfies Record<PictureType, { format: string; decoder: string }>;

/** The largest picture that is taken needs 0.6 GB with its filters. */
const memoryBytes = 2 * 1024 ** 3;

/** ffmpeg says so of a picture that claims too much, before it decodes it. */
const tooLarge = /exceeds specified max pixel count|Picture size .* is invalid|Invalid dimensions/i;

export type MadePicture = { readonly body: Buffer; readonly cpuSeconds: number } | { readonly problem: PictureProblem };

/**
 * Makes a JPEG of a picture that was sent: decoded and encoded anew, so that nothing of the file itself, its metadata, or
 * what else may hide in it, is served.
 */
export async function makePicture(
  ffmpeg: string,
  sent: Buffer,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<MadePicture> {
  const type = pictureTypeOf(sent);
  if (type === undefined) return { problem: 'not-a-picture' };
  await writeFile(join(limits.cwd, 'sent'), sent);
  const file = 'picture.jpg';
  try {
    const { stderr } = await runChild(ffmpeg, pictureArguments(type, 'sent', file), {
      ...limits,
      timeoutSeconds: 30,
      memoryBytes,
    });
    const body = await readFile(join(limits.cwd, file)).catch(() => undefined);
    return body ? { body, cpuSeconds: benchmarkedCpuSeconds(stderr) } : { problem: 'picture-damaged' };
  } catch (failure) {
    // One that was ended from outside says nothing about the picture.
    if (!(failure instanceof ChildFailure) || (failure.exitCode === null && !failure.timedOut)) throw failure;
    return { problem: tooLarge.test(failure.stderr) ? 'picture-too-large' : 'picture-damaged' };
  }
}

function pictureArguments(type: PictureType, from: string, to: string): string[] {
  const { format, decoder } = readers[type];
  const { long, short } = pictureBox;
  // Never larger than it came; as even numbers, which half as many colors need.
  const fit = (side: 'w' | 'h') => {
    const scale = `min(1,if(gte(iw,ih),min(${long}/iw,${short}/ih),min(${short}/iw,${long}/ih)))`;
    return `'max(2,2*round(i${side}*${scale}/2))'`;
  };
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-nostats', '-benchmark', '-y'],
    ...['-protocol_whitelist', 'file', '-format_whitelist', format, '-max_pixels', String(maxPicturePixels)],
    ...['-f', format, '-c:v', decoder, '-err_detect', 'explode', '-i', from],
    // What was see-through is white.
    ...[
      '-filter_complex',
      `[0:v]scale=${fit('w')}:${fit('h')},setsar=1,format=rgba,split[a][b];[a]drawbox=color=white:thickness=fill:replace=1[w];[w][b]overlay=format=rgb,format=yuvj420p`,
    ],
    ...['-frames:v', '1', '-q:v', '3', '-map_metadata', '-1', '-bitexact', '-update', '1', '-f', 'image2', to],
  ];
}
