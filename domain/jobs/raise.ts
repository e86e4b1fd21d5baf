import type { MediaPath } from '../media/paths.ts';
import type { Plan } from '../media/plan.ts';
import { type Chunk, segmentCount } from '../media/timeline.ts';
import type { MessageOf, RunInput } from './jobs.ts';
import type { JobRecord } from './records.ts';

/**
 * Segments of one title that viewers may raise in a minute: sixteen of them, each at another place of a rung that nobody has
 * watched, need as many. Whoever asks for every number there is keeps the workers from the titles of others no longer.
 */
export const raisedPerMinute = 240;

/**
 * The job that makes what a viewer asks for, or undefined if the plan lists no such thing. Audio comes with the lowest
 * rung; a track's initialization segment with its first segment.
 */
export function raised(
  plan: Plan,
  run: RunInput,
  { track, number }: Pick<MediaPath, 'track' | 'number'>,
): MessageOf<'segment'> | undefined {
  const segment = number === 'init' ? 1 : number;
  if (segment > segmentCount(plan)) return undefined;
  const isAudio = plan.audio.some((rendition) => rendition.name === track);
  const rung = isAudio ? plan.rungs[0] : plan.rungs.find((r) => r.name === track);
  return rung && { kind: 'segment', ...run, rung: rung.name, number: segment };
}

/**
 * What is left of a chunk when viewers have asked for parts of it already: tracks of which a segment is missing. A rung comes
 * along wherever anything is left, since no encode is without a picture.
 */
export function leftOf(
  plan: Plan,
  { firstSegment, lastSegment }: Pick<Chunk, 'firstSegment' | 'lastSegment'>,
  raisedJobs: readonly Pick<JobRecord, 'result'>[],
): { rungs: Plan['rungs']; audio: Plan['audio'] } {
  const there = new Set(raisedJobs.flatMap((job) => job.result?.segments ?? []).map((s) => `${s.track} ${s.number}`));
  const isLeft = ({ name }: { name: string }) => {
    for (let number = firstSegment; number <= lastSegment; number++) if (!there.has(`${name} ${number}`)) return true;
    return false;
  };
  const audio = plan.audio.filter(isLeft);
  const rungs = plan.rungs.filter((rung) => rung.eager && isLeft(rung));
  return { rungs: rungs.length === 0 && audio.length > 0 ? plan.rungs.slice(0, 1) : rungs, audio };
}
