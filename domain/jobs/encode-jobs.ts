import type { Plan } from '../media/plan.ts';
import { chunks } from '../media/timeline.ts';
import type { Job, RunInput } from './jobs.ts';

/**
 * The jobs of the encode stage in their order of work: the title from its start, with poster and captions right after its first
 * chunk. Or the whole title at once, by MediaConvert.
 */
export function encodeJobs(run: RunInput, plan: Plan): Job[] {
  const poster: Job = { kind: 'poster', ...run };
  const captions: Job[] = plan.subtitles.length > 0 ? [{ kind: 'captions', ...run }] : [];
  if (plan.engine === 'mediaconvert') return [{ kind: 'transcode', ...run }, poster, ...captions];
  const [first, ...rest] = chunks(plan).map(({ index }): Job => ({ kind: 'chunk', ...run, index }));
  return first ? [first, poster, ...captions, ...rest] : [poster, ...captions];
}
