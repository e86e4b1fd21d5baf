import { sessionLifetimeSeconds } from './parts.ts';

/**
 * So long after its completion was asked for, an upload is looked at: whoever asked may have died once the file was whole.
 * S3 takes up to minutes to join the parts of a large file, and goes on when nobody waits.
 */
const firstLookSeconds = 120;
const nextLookSeconds = 300;
/** After this long nothing is joined any more: the upload rests like any other, for a client that may come back. */
const joiningSeconds = 3600;

/** When an upload whose completion is asked for at `now` comes to be looked at. Milliseconds since the epoch. */
export const firstLookAt = (now: number): number => now + firstLookSeconds * 1000;

/** When to look again at an upload that has expired and is not whole; undefined if it is to be given up. */
export function nextLookAt({ completingSince: since }: { completingSince?: number | undefined }, now: number) {
  const rest = (since ?? 0) + sessionLifetimeSeconds * 1000;
  if (since === undefined || now >= rest) return undefined;
  return now < since + joiningSeconds * 1000 ? now + nextLookSeconds * 1000 : rest;
}
