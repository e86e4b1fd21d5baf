import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rung } from '../../domain/media/ladder.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { type Sheet, tileDistance, tileSize } from '../../domain/media/storyboard.ts';
import type { Chunk } from '../../domain/media/timeline.ts';
import { inputGuards } from './arguments.ts';
import { benchmarkedCpuSeconds, type ChildLimits, runChild } from './child.ts';

/**
 * Makes the sheet of a chunk, a JPEG, of what was just encoded: the file of one rung in `limits.cwd`, which holds the chunk's
 * frames and nothing else, and is in the clear whatever becomes of its title.
 */
export async function makeSheet(
  ffmpeg: string,
  { plan, chunk, sheet, rung }: { plan: Plan; chunk: Chunk; sheet: Sheet; rung: Rung },
  limits: Omit<ChildLimits, 'timeoutSeconds'>,
): Promise<{ body: Buffer; cpuSeconds: number }> {
  const { width, height } = tileSize(plan);
  const rows = Math.ceil(sheet.frames.length / sheet.columns);
  const file = 'storyboard.jpg';
  const filters = [
    `select=not(mod(n+${chunk.firstFrame}\\,${tileDistance(plan)}))`,
    `scale=${width}:${height}:flags=area`,
    `tile=${sheet.columns}x${rows}`,
  ];
  const { stderr } = await runChild(
    ffmpeg,
    [
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-nostats', '-benchmark', '-y'],
      ...[...inputGuards('file'), '-i', `${rung.name}.mp4`, '-an', '-vf', filters.join(','), '-frames:v', '1'],
      ...['-q:v', '4', '-pix_fmt', 'yuvj420p', '-update', '1', '-f', 'image2', file],
    ],
    { ...limits, timeoutSeconds: 120 },
  );
  return { body: await readFile(join(limits.cwd, file)), cpuSeconds: benchmarkedCpuSeconds(stderr) };
}
