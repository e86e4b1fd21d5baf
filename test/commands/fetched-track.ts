import { type InitFacts, readInit, readSegment, type SegmentFacts } from './boxes.ts';
import type { ListedTrack, ReadObject } from './listing.ts';

/** A listed track with all its objects. */
export interface FetchedTrack {
  readonly listed: ListedTrack;
  readonly init: InitFacts;
  readonly segments: readonly SegmentFacts[];
  /** The initialization segment and every segment, in order: a file that any demuxer reads. */
  readonly bytes: Buffer;
}

/** Fetches everything that a track lists. @throws Error if any of it is missing or no segment of this track. */
export async function fetchTrack(read: ReadObject, listed: ListedTrack): Promise<FetchedTrack> {
  const initBytes = await read(listed.initPath);
  const init = readInit(initBytes);
  const bytes = [initBytes];
  for (const { path } of listed.segments) bytes.push(await read(path));
  return {
    listed,
    init,
    segments: bytes.slice(1).map((segment) => readSegment(segment, init)),
    bytes: Buffer.concat(bytes),
  };
}

/** Where the presentation of a track begins and how long it lasts, seconds. */
export function extent({ init, segments }: FetchedTrack): { start: number; seconds: number } {
  const [first] = segments;
  const start = (first?.decodeTime ?? 0) + (first?.firstPresentation ?? 0) - init.editStart;
  const ticks = segments.reduce((sum, segment) => sum + segment.duration, 0);
  return { start: start / init.timescale, seconds: ticks / init.timescale };
}
