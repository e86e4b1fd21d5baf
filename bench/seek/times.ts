import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { jobId, type MessageOf } from '../../domain/jobs/jobs.ts';
import { segmentKey } from '../../domain/media/paths.ts';
import type { Seen } from './in-page.ts';

/** Parts of a seek in their order, each from the end of the one before. Milliseconds. */
export const parts = {
  asked: 'the player asks for the segment',
  claimed: 'a worker has its job',
  opened: 'the source is open',
  encoded: 'it is encoded and packaged',
  stored: 'it is in the store',
  fetched: 'the player has all of it',
  shown: 'the right frame is shown, with sound',
} as const;
export type Times = Readonly<Record<keyof typeof parts, number>>;

/** What the worker logs of a raised segment: milliseconds. */
const Made = z.looseObject({
  timestamp: z.iso.datetime(),
  openMs: z.number(),
  encodeMs: z.number(),
  publishMs: z.number(),
});
type Made = z.infer<typeof Made>;

/** What the worker logged of it; undefined if it made nothing: a chunk was first. */
async function made(workerLog: string, message: MessageOf<'segment'>): Promise<Made | undefined> {
  const marks = ['"message":"segment made"', `"job":"${jobId(message)}"`, message.videoId];
  for (let looks = 0; looks < 20; looks++) {
    const lines = readFileSync(workerLog, 'utf8').split('\n');
    const line = lines.find((text) => marks.every((mark) => text.includes(mark)));
    if (line !== undefined) return Made.parse(JSON.parse(line));
    await pause(50);
  }
  return undefined;
}

/** Where the time of a seek went; undefined if not all of it is known. */
export async function timesOf(
  workerLog: string,
  { soughtAt, shownAt, fetched }: Seen,
  message: MessageOf<'segment'>,
  tracks: readonly string[],
): Promise<Times | undefined> {
  const log = await made(workerLog, message);
  const paths = tracks.map((track) => `/${segmentKey(message.videoId, message.attempt, track, message.number)}`);
  const requests = fetched.filter(({ path }) => paths.includes(path));
  if (log === undefined || shownAt === undefined || requests.length === 0) return undefined;
  const askedAt = Math.min(...requests.map((request) => request.askedAt));
  const fetchedAt = Math.max(...requests.map((request) => request.doneAt));
  const storedAt = Date.parse(log.timestamp);
  const claimedAt = storedAt - log.openMs - log.encodeMs - log.publishMs;
  return {
    asked: askedAt - soughtAt,
    claimed: claimedAt - askedAt,
    opened: log.openMs,
    encoded: log.encodeMs,
    stored: log.publishMs,
    fetched: fetchedAt - storedAt,
    shown: shownAt - fetchedAt,
  };
}
