import type { Plan } from '../media/plan.ts';
import { chunks } from '../media/timeline.ts';
import type { JobMessage, RunInput } from './jobs.ts';

/** The jobs of the encode stage in their order of work: the title from its start, with poster and captions right after its first chunk. */
export function encodeJobs(run: RunInput, plan: Plan): JobMessage[] {
  const [first, ...rest] = chunks(plan).map(({ index }): JobMessage => ({ kind: 'chunk', ...run, index }));
  const poster: JobMessage = { kind: 'poster', ...run };
  const captions: JobMessage[] = plan.subtitles.length > 0 ? [{ kind: 'captions', ...run }] : [];
  return first ? [first, poster, ...captions, ...rest] : [poster, ...captions];
}
