import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../domain/media/ladder.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { interest } from '../../domain/media/poster.ts';
import { titleSeconds } from '../../domain/media/timeline.ts';
import { inputGuards } from './arguments.ts';
import { benchmarkedCpuSeconds, ChildFailure, type ChildLimits, runChild } from './child.ts';

/**
 * Where in the title a poster is looked for, as shares of its length: past a fade-in, before the credits. At each place
 * the key frame before it is taken: it costs the decoding of one picture, and encoders put key frames where scenes begin.
 */
const places = [0.08, 0.2, 0.35, 0.5, 0.65];
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
  const candidate = async (name: string, at: number | undefined) => {
    const file = `${name}.jpg`;
    const gray = `${name}.gray`;
    const args = posterArguments({ plan, url, at, size, file, gray });
    const { stderr } = await runChild(ffmpeg, args, { ...limits, timeoutSeconds: 60 });
    cpuSeconds += benchmarkedCpuSeconds(stderr);
    const pixels = await readFile(join(limits.cwd, gray));
    // ffmpeg ends well without a picture too.
    return pixels.length === judged.width * judged.height ? [{ file, interest: interest(pixels) }] : [];
  };
  const candidates: { file: string; interest: number }[] = [];
  for (const [i, place] of places.entries()) {
    try {
      candidates.push(...(await candidate(`poster-${i}`, titleSeconds(plan) * place)));
    } catch (error) {
      // A damaged place: the other places decide.
      if (!(error instanceof ChildFailure)) throw error;
    }
  }
  if (candidates.length === 0) candidates.push(...(await candidate('poster-first', undefined)));
  const best = candidates.sort((a, b) => b.interest - a.interest)[0];
  if (best === undefined) throw new Error('no frame of the source could be made into a poster');
  return { file: join(limits.cwd, best.file), cpuSeconds };
}

/**
 * The key frame before `at` (seconds), or the first frame of all, as a JPEG file and as the small gray picture that it is
 * judged by.
 */
function posterArguments({ plan, url, at, size, file, gray }: Candidate): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-nostats', '-benchmark', '-y'],
    ...(at === undefined ? [] : ['-skip_frame', 'nokey', '-noaccurate_seek', '-ss', at.toFixed(3)]),
    ...[...inputGuards('http'), '-an', '-sn', '-dn', '-i', url, '-filter_complex'],
    `[0:${plan.video.streamIndex}]scale=${size.width}:${size.height},setsar=1,split[p][q];` +
      `[q]scale=${judged.width}:${judged.height},format=gray[g]`,
    ...['-map', '[p]', '-frames:v', '1', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-update', '1', '-f', 'image2', file],
    ...['-map', '[g]', '-frames:v', '1', '-f', 'rawvideo', gray],
  ];
}

interface Candidate {
  readonly plan: Plan;
  readonly url: string;
  readonly at: number | undefined;
  readonly size: Picture;
  readonly file: string;
  readonly gray: string;
}
