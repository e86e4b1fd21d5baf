import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../domain/media/ladder.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { interest } from '../../domain/media/poster.ts';
import { titleSeconds } from '../../domain/media/timeline.ts';
import { inputGuards } from './arguments.ts';
import { benchmarkedCpuSeconds, ChildFailure, type ChildLimits, runChild } from './child.ts';
import { colorFilters } from './picture-filters.ts';

/**
 * Where in the title a poster is looked for, as shares of its length: past a fade-in, before the credits. At each place
 * the key frame before it is taken: it costs the decoding of one picture, and encoders put key frames where scenes begin.
 */
const places = [0.08, 0.2, 0.35, 0.5, 0.65];
/** Below this interest a picture is all but black, white or plain. */
const dull = 0.1;
/** Small gray picture that a frame is judged by. */
const judged = { width: 64, height: 36 };

/** Makes the poster: one good frame of the source, as large as the title's best rung but at most 720 lines; a JPEG file. */
export async function makePoster(
  ffmpeg: string,
  plan: Plan,
  url: string,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<{ file: string; cpuSeconds: number }> {
  const size = plan.rungs.filter((r) => Math.min(r.width, r.height) <= 720).at(-1) ?? plan.rungs[0];
  if (size === undefined) throw new Error('a plan without rungs');
  let cpuSeconds = 0;
  const candidates: { file: string; interest: number }[] = [];
  const look = async (name: string, at: number, exactly: boolean) => {
    const file = `${name}.jpg`;
    const gray = `${name}.gray`;
    const args = posterArguments({ plan, url, at, exactly, size, file, gray });
    try {
      const { stderr } = await runChild(ffmpeg, args, { ...limits, timeoutSeconds: 60 });
      cpuSeconds += benchmarkedCpuSeconds(stderr);
    } catch (error) {
      // A damaged place: the other places decide.
      if (error instanceof ChildFailure) return;
      throw error;
    }
    const pixels = await readFile(join(limits.cwd, gray));
    // ffmpeg ends well without a picture too.
    if (pixels.length === judged.width * judged.height) candidates.push({ file, interest: interest(pixels) });
  };
  for (const [i, place] of places.entries()) await look(`key-${i}`, titleSeconds(plan) * place, false);
  // A short clip may have one key frame, and that a black one.
  if (candidates.every((c) => c.interest < dull)) {
    for (const [i, place] of [0, ...places].entries()) await look(`frame-${i}`, titleSeconds(plan) * place, true);
  }
  const best = candidates.sort((a, b) => b.interest - a.interest)[0];
  if (best === undefined) throw new Error('no frame of the source could be made into a poster');
  return { file: join(limits.cwd, best.file), cpuSeconds };
}

/**
 * A frame as a JPEG file and as the small gray picture that it is judged by: the one at `at` (seconds) exactly, or the key
 * frame before it.
 */
function posterArguments({ plan, url, at, exactly, size, file, gray }: Candidate): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-nostats', '-benchmark', '-y'],
    ...(exactly ? [] : ['-skip_frame', 'nokey', '-noaccurate_seek']),
    ...(at > 0 ? ['-ss', at.toFixed(3)] : []),
    ...[...inputGuards('http'), '-an', '-sn', '-dn', '-i', url, '-filter_complex'],
    `[0:${plan.video.streamIndex}]${colorFilters(plan.video, size).join(',')},scale=${size.width}:${size.height},setsar=1,split[p][q];` +
      `[q]scale=${judged.width}:${judged.height},format=gray[g]`,
    ...['-map', '[p]', '-frames:v', '1', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-update', '1', '-f', 'image2', file],
    ...['-map', '[g]', '-frames:v', '1', '-f', 'rawvideo', gray],
  ];
}

interface Candidate {
  readonly plan: Plan;
  readonly url: string;
  readonly at: number;
  readonly exactly: boolean;
  readonly size: Picture;
  readonly file: string;
  readonly gray: string;
}
