import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../domain/media/ladder.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { candidatesOf, isEnough, judged, type Look } from '../../domain/media/poster.ts';
import { lastFrameSeconds, titleSeconds } from '../../domain/media/timeline.ts';
import { inputGuards } from './arguments.ts';
import { benchmarkedCpuSeconds, ChildFailure, type ChildLimits, runChild } from './child.ts';
import { colorFilters, evened } from './picture-filters.ts';

/**
 * Where in the title posters are looked for, as shares of its length: past a fade-in, before the credits. At each place
 * the key frame before it is taken: it costs the decoding of one picture, and encoders put key frames where scenes begin.
 */
const places = [0.08, 0.2, 0.4, 0.55, 0.7, 0.85];

/**
 * Makes the candidates for a title's poster, the best first: good frames of the source, as large as its best rung but at
 * most 720 lines; JPEG files.
 */
export async function makePosters(
  ffmpeg: string,
  plan: Plan,
  url: string,
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<{ files: string[]; cpuSeconds: number }> {
  const size = plan.rungs.filter((r) => Math.min(r.width, r.height) <= 720).at(-1) ?? plan.rungs[0];
  if (size === undefined) throw new Error('a plan without rungs');
  let cpuSeconds = 0;
  let failure: ChildFailure | undefined;
  const looks: (Look & { file: string })[] = [];
  const look = async (name: string, place: number, exactly: boolean) => {
    const file = `${name}.jpg`;
    const gray = `${name}.gray`;
    const args = lookArguments({
      plan,
      url,
      at: Math.min(titleSeconds(plan) * place, lastFrameSeconds(plan)),
      exactly,
      size,
      file,
      gray,
    });
    try {
      const { stderr } = await runChild(ffmpeg, args, { ...limits, timeoutSeconds: 60 });
      cpuSeconds += benchmarkedCpuSeconds(stderr);
    } catch (error) {
      if (!(error instanceof ChildFailure)) throw error;
      // A damaged place: the other places decide.
      failure = error;
      return;
    }
    // ffmpeg ends well without a picture too.
    const pixels = await readFile(join(limits.cwd, gray)).catch(() => undefined);
    if (pixels?.length === judged.width * judged.height) looks.push({ file, place, gray: pixels });
  };
  for (const [i, place] of places.entries()) await look(`key-${i}`, place, false);
  // A short clip may have one key frame, and that a black one.
  if (!isEnough(candidatesOf(looks))) {
    for (const [i, place] of [0, ...places].entries()) await look(`frame-${i}`, place, true);
  }
  const files = candidatesOf(looks).map(({ file }) => join(limits.cwd, file));
  if (files.length === 0) throw failure ?? new Error('no frame of the source could be made into a poster');
  return { files, cpuSeconds };
}

interface Wanted {
  readonly plan: Plan;
  readonly url: string;
  readonly at: number;
  readonly exactly: boolean;
  readonly size: Picture;
  readonly file: string;
  readonly gray: string;
}

/**
 * A frame as a JPEG file and as the small gray picture that it is judged by: the one at `at` (seconds) exactly, or the key
 * frame before it.
 */
function lookArguments({ plan, url, at, exactly, size, file, gray }: Wanted): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-nostats', '-benchmark', '-y'],
    ...(exactly ? [] : ['-skip_frame', 'nokey', '-noaccurate_seek']),
    ...(at > 0 ? ['-ss', at.toFixed(3)] : []),
    ...[...inputGuards('http', plan.video.streamIndex), '-an', '-sn', '-dn', '-i', url, '-filter_complex'],
    `[0:${plan.video.streamIndex}]${[evened(plan.video), ...colorFilters(plan.video, size)].join(',')},scale=${size.width}:${size.height},setsar=1,split[p][q];` +
      `[q]scale=${judged.width}:${judged.height}:flags=area,format=gray[g]`,
    ...['-map', '[p]', '-frames:v', '1', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-update', '1', '-f', 'image2', file],
    ...['-map', '[g]', '-frames:v', '1', '-f', 'rawvideo', gray],
  ];
}
