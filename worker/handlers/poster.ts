import { readFile } from 'node:fs/promises';
import { posterKey } from '../../domain/media/paths.ts';
import { putOnce } from '../../platform/media.ts';
import type { JobHandler } from '../context.ts';
import { Rejection } from '../failures.ts';
import { makePosters } from '../media/poster.ts';
import { openSource } from '../media/source.ts';

/** The candidates for the poster: published, then told to the record, so that nobody is pointed at a picture that is not there. */
export const poster: JobHandler<'poster'> = async (
  { videoId, attempt },
  { env, clients, jobs, videos, scratch, signal, now },
) => {
  const started = now();
  const plan = await jobs.getPlan({ videoId, attempt });
  if (plan === undefined) throw new Rejection({ code: 'internal', detail: 'the run has no plan' });
  await using source = await openSource(clients.s3, env.UPLOADS_BUCKET, plan.sourceKey);
  const { files, cpuSeconds } = await makePosters(env.FFMPEG, plan, source.url, {
    cwd: scratch,
    signal,
    urgency: 'bulk',
  });
  for (const [i, file] of files.entries()) {
    const key = posterKey(videoId, attempt, i + 1);
    await putOnce(clients.s3, env.MEDIA_BUCKET, { key, contentType: 'image/jpeg', body: await readFile(file) }, signal);
  }
  const set = { posterAttempt: attempt, posterCandidates: files.length };
  await videos.change(videoId, { set, onlyIf: { attempt } }, now());
  return { segments: [], cpuSeconds, wallSeconds: (now() - started) / 1000 };
};
