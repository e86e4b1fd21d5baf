import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { VideoId } from '../domain/ids.ts';
import type { BenchCloud } from './cloud.ts';

/** What the worker logs when a title is playable, by its parts, milliseconds. */
const Prepared = z.looseObject({
  message: z.literal('playable'),
  timestamp: z.iso.datetime(),
  videoId: z.string(),
  probeMs: z.number(),
  encodeMs: z.number(),
  publishMs: z.number(),
});

/** How a title's first seconds went, as its worker has logged it. `playableAt` is milliseconds since the epoch. */
export async function prepared({ workerLog }: BenchCloud, videoId: VideoId) {
  for (;;) {
    const line = readFileSync(workerLog, 'utf8')
      .split('\n')
      .find((text) => text.includes('"message":"playable"') && text.includes(videoId));
    if (line !== undefined) {
      const { timestamp, ...parts } = Prepared.parse(JSON.parse(line));
      return { ...parts, playableAt: Date.parse(timestamp) };
    }
    await pause(50);
  }
}

const childrenOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );

/** Long enough for a job to follow another. */
const restMs = 1500;

/** Waits until the worker has had no child for a moment. */
export async function workerIsIdle(pid: number): Promise<void> {
  for (let idleSince = Date.now(); Date.now() - idleSince < restMs; await pause(100))
    if (childrenOf(pid).length > 0) idleSince = Date.now();
}
