import { leftOf } from '../../domain/jobs/raise.ts';
import { storyboardSheetKey } from '../../domain/media/paths.ts';
import { sheetOf } from '../../domain/media/storyboard.ts';
import { chunks } from '../../domain/media/timeline.ts';
import { putOnce } from '../../platform/media.ts';
import type { JobHandler } from '../context.ts';
import { Rejection } from '../failures.ts';
import { contentKeyOf } from '../media/content-key.ts';
import { encode } from '../media/encode.ts';
import { chunkThreads } from '../media/encoder-threads.ts';
import { publishTracks } from '../media/publish.ts';
import { openSource } from '../media/source.ts';
import { makeSheet } from '../media/storyboard.ts';

/**
 * A run of segments in all eager rungs, with its audio: read once, packaged once, put in its last place once; less what
 * viewers have had made. And its sheet of the storyboard, which nobody else makes: of the lowest rung that is at hand.
 */
export const chunk: JobHandler<'chunk'> = async (
  { videoId, attempt, index },
  { env, clients, jobs, videos, contentKeys, scratch, signal, tryExtra, now },
) => {
  const started = now();
  const plan = await jobs.getPlan({ videoId, attempt });
  const all = plan && chunks(plan);
  const planned = all?.[index];
  if (plan === undefined || all === undefined || planned === undefined)
    throw new Rejection({ code: 'internal', detail: `the plan has no chunk ${index}` });
  const sheet = sheetOf(plan, planned);
  const left = leftOf(plan, planned, await jobs.listRaised({ videoId, attempt }));
  const isNothingLeft = left.rungs.length === 0;
  if (isNothingLeft && !sheet) return { segments: [], cpuSeconds: 0, wallSeconds: (now() - started) / 1000 };
  const rungs = isNothingLeft ? plan.rungs.slice(0, 1) : left.rungs;
  await using source = await openSource(clients.s3, env.UPLOADS_BUCKET, plan.sourceKey);
  const limits = { cwd: scratch, signal, urgency: 'bulk' } as const;
  const { tracks, cpuSeconds } = await encode(
    {
      plan,
      chunk: planned,
      rungs,
      audio: left.audio,
      url: source.url,
      contentKey: await contentKeyOf({ videos, contentKeys }, { videoId, attempt }, plan),
      threads: chunkThreads({ chunksOfTitle: all.length, bulkSlots: env.BULK_SLOTS }),
    },
    { ffmpeg: env.FFMPEG, packager: env.PACKAGER },
    limits,
  );
  const segments = await publishTracks(clients.s3, env.MEDIA_BUCKET, { videoId, attempt }, tracks, signal);
  const [lowest] = rungs;
  const sheetSeconds =
    sheet &&
    lowest &&
    (await tryExtra('storyboard', async () => {
      const made = await makeSheet(env.FFMPEG, { plan, chunk: planned, sheet, rung: lowest }, limits);
      const key = storyboardSheetKey(videoId, attempt, sheet.number);
      await putOnce(clients.s3, env.MEDIA_BUCKET, { key, contentType: 'image/jpeg', body: made.body }, signal);
      return made.cpuSeconds;
    }));
  return {
    segments,
    cpuSeconds: cpuSeconds + (sheetSeconds ?? 0),
    wallSeconds: (now() - started) / 1000,
  };
};
