import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../domain/media/plan.ts';
import { interest } from '../../domain/media/poster.ts';
import { titleSeconds } from '../../domain/media/timeline.ts';
import { inputGuards } from './arguments.ts';
import { benchmarkedCpuSeconds, ChildFailure, type ChildLimits, runChild } from './child.ts';

/** Where in the title a poster is looked for, as shares of its length: past a fade-in, before the credits. */
const places = [0.1, 0.3, 0.5];
/** Frames looked at in each place; `thumbnail` takes the one nearest to their average, which is no flash and no blur. */
const framesLookedAt = 24;
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
  const candidates: { file: string; interest: number }[] = [];
  let cpuSeconds = 0;
  for (const [i, place] of places.entries()) {
    const file = `poster-${i}.jpg`;
    const gray = `poster-${i}.gray`;
    try {
      const { stderr } = await runChild(
        ffmpeg,
        [
          ...[
            '-nostdin',
            '-hide_banner',
            '-loglevel',
            'level+info',
            '-nostats',
            '-benchmark',
            '-y',
            '-ss',
            (titleSeconds(plan) * place).toFixed(3),
          ],
          ...[...inputGuards('http'), '-an', '-sn', '-dn', '-i', url, '-filter_complex'],
          `[0:${plan.video.streamIndex}]thumbnail=n=${framesLookedAt},scale=${size.width}:${size.height},setsar=1,split[p][q];` +
            `[q]scale=${judged.width}:${judged.height},format=gray[g]`,
          ...[
            '-map',
            '[p]',
            '-frames:v',
            '1',
            '-q:v',
            '3',
            '-pix_fmt',
            'yuvj420p',
            '-update',
            '1',
            '-f',
            'image2',
            file,
          ],
          ...['-map', '[g]', '-frames:v', '1', '-f', 'rawvideo', gray],
        ],
        { ...limits, timeoutSeconds: 60 },
      );
      cpuSeconds += benchmarkedCpuSeconds(stderr);
      candidates.push({ file, interest: interest(await readFile(join(limits.cwd, gray))) });
    } catch (error) {
      // A damaged place, or a file too short to have one: the other places decide.
      if (!(error instanceof ChildFailure) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  const best = candidates.sort((a, b) => b.interest - a.interest)[0];
  if (best === undefined) throw new Error('no frame of the source could be made into a poster');
  return { file: join(limits.cwd, best.file), cpuSeconds };
}
