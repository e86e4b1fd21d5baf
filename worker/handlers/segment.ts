import { segmentKey } from '../../domain/media/paths.ts';
import { framesPerSecond } from '../../domain/media/rate.ts';
import { segmentCount, segmentFrames, span } from '../../domain/media/timeline.ts';
import { isStored } from '../../platform/media.ts';
import type { JobHandler } from '../context.ts';
import { Rejection } from '../failures.ts';
import { contentKeyOf } from '../media/content-key.ts';
import { encode } from '../media/encode.ts';
import { expressThreads } from '../media/encoder-threads.ts';
import { publishTracks } from '../media/publish.ts';
import { openSource } from '../media/source.ts';

/**
 * A segment that a viewer waits for, in the rung they ask for, with what a seek needs first: the lowest rung and the
 * audio. What is there already, or comes meanwhile from the chunk that it is part of, stays.
 */
export const segment: JobHandler<'segment'> = async (
  { videoId, attempt, rung: asked, number },
  { env, clients, jobs, videos, contentKeys, scratch, signal, log, now },
) => {
  const started = now();
  const plan = await jobs.getPlan({ videoId, attempt });
  if (plan === undefined) throw new Rejection({ code: 'internal', detail: 'the run has no plan' });
  const isMissing = async (track: { name: string }) =>
    !(await isStored(clients.s3, env.MEDIA_BUCKET, segmentKey(videoId, attempt, track.name, number)));
  const [lowest] = plan.rungs;
  const wanted = plan.rungs.filter((rung) => rung === lowest || rung.name === asked);
  const [rungs, audio] = await Promise.all([kept(wanted, isMissing), kept(plan.audio, isMissing)]);
  if (rungs.length + audio.length === 0) return { segments: [], cpuSeconds: 0, wallSeconds: (now() - started) / 1000 };
  // A tail shorter than a second is encoded with the segment before it, as in its chunk (domain/media/timeline.ts).
  const isTail = number > 1 && number === segmentCount(plan);
  const first = isTail && segmentFrames(plan, number) < framesPerSecond(plan.rate) ? number - 1 : number;
  await using source = await openSource(clients.s3, env.UPLOADS_BUCKET, plan.sourceKey);
  const openedAt = now();
  const { tracks, cpuSeconds } = await encode(
    {
      plan,
      chunk: span(plan, 0, first, number),
      rungs: rungs.length > 0 ? rungs : plan.rungs.slice(0, 1),
      audio,
      url: source.url,
      contentKey: await contentKeyOf({ videos, contentKeys }, { videoId, attempt }, plan),
      threads: expressThreads(),
    },
    { ffmpeg: env.FFMPEG, packager: env.PACKAGER },
    { cwd: scratch, signal, urgency: 'express' },
  );
  const encodedAt = now();
  const segments = await publishTracks(clients.s3, env.MEDIA_BUCKET, { videoId, attempt }, tracks, signal);
  const publishedAt = now();
  log.info('segment made', {
    openMs: openedAt - started,
    encodeMs: encodedAt - openedAt,
    publishMs: publishedAt - encodedAt,
  });
  return {
    segments,
    cpuSeconds,
    wallSeconds: (publishedAt - started) / 1000,
  };
};

async function kept<T>(all: readonly T[], test: (one: T) => Promise<boolean>): Promise<T[]> {
  const results = await Promise.all(all.map(test));
  return all.filter((_, i) => results[i]);
}
