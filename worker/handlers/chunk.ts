import { leftOf } from '../../domain/jobs/raise.ts';
import { chunks } from '../../domain/media/timeline.ts';
import type { JobHandler } from '../context.ts';
import { Rejection } from '../failures.ts';
import { contentKeyOf } from '../media/content-key.ts';
import { encode } from '../media/encode.ts';
import { chunkThreads } from '../media/encoder-threads.ts';
import { publishTracks } from '../media/publish.ts';
import { openSource } from '../media/source.ts';

/** A run of segments in all eager rungs, with its audio: read once, packaged once, put in its last place once; less what viewers have had made. */
export const chunk: JobHandler<'chunk'> = async (
  { videoId, attempt, index },
  { env, clients, jobs, videos, contentKeys, scratch, signal, now },
) => {
  const started = now();
  const plan = await jobs.getPlan({ videoId, attempt });
  const all = plan && chunks(plan);
  const planned = all?.[index];
  if (plan === undefined || all === undefined || planned === undefined)
    throw new Rejection({ code: 'internal', detail: `the plan has no chunk ${index}` });
  const { rungs, audio } = leftOf(plan, planned, await jobs.listRaised({ videoId, attempt }));
  if (rungs.length === 0) return { segments: [], cpuSeconds: 0, wallSeconds: (now() - started) / 1000 };
  await using source = await openSource(clients.s3, env.UPLOADS_BUCKET, plan.sourceKey);
  const { tracks, cpuSeconds } = await encode(
    {
      plan,
      chunk: planned,
      rungs,
      audio,
      url: source.url,
      contentKey: await contentKeyOf({ videos, contentKeys }, { videoId, attempt }, plan),
      threads: chunkThreads({ chunksOfTitle: all.length, bulkSlots: env.BULK_SLOTS }),
    },
    { ffmpeg: env.FFMPEG, packager: env.PACKAGER },
    { cwd: scratch, signal, urgency: 'bulk' },
  );
  await publishTracks(clients.s3, env.MEDIA_BUCKET, { videoId, attempt }, tracks, signal);
  return {
    segments: tracks.flatMap((t) => t.segments.map(({ track, number, sizeBytes }) => ({ track, number, sizeBytes }))),
    cpuSeconds,
    wallSeconds: (now() - started) / 1000,
  };
};
