import { videoPlayable } from '../../domain/events/events.ts';
import type { VideoId } from '../../domain/ids.ts';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { manifests } from '../../domain/media/manifests.ts';
import { remuxedSourceKey } from '../../domain/media/paths.ts';
import { isSamePlan } from '../../domain/media/peek.ts';
import { type Plan, plan } from '../../domain/media/plan.ts';
import type { Probe } from '../../domain/media/probe.ts';
import { span, titleSeconds } from '../../domain/media/timeline.ts';
import { publishManifests } from '../../platform/title-manifests.ts';
import type { JobContext, JobHandler } from '../context.ts';
import { Rejection } from '../failures.ts';
import { contentKeyOf, encryptionOf } from '../media/content-key.ts';
import { encode } from '../media/encode.ts';
import { expressThreads } from '../media/encoder-threads.ts';
import type { OpenSource } from '../media/loopback.ts';
import { choicesOf } from '../media/plan-choices.ts';
import { probeSource } from '../media/probe.ts';
import { publishTracks } from '../media/publish.ts';
import { needsRemux, remuxInto } from '../media/remux.ts';
import { openSource } from '../media/source.ts';
import { trustedPeek } from '../media/trusted-peek.ts';

/**
 * The head of a title: probe, verdict, plan, segment 1 of the lowest rung with audio, all manifests. When it ends the
 * title is playable. Everything that can go on beside the encode does. What a peek has made of these very bytes is not made
 * again.
 */
export const prepare: JobHandler<'prepare'> = async ({ videoId, attempt }, context) => {
  const started = context.now();
  const { env, clients, videos, signal } = context;
  const video = await videos.get(videoId);
  if (video?.source === undefined)
    throw new Rejection({ code: 'source-missing', detail: 'the record names no source' });

  await using original = await openSource(clients.s3, env.UPLOADS_BUCKET, video.source.key);
  const limits = { cwd: context.scratch, signal, urgency: 'express' } as const;
  const peek = await trustedPeek(context, video);
  const probed = peek?.probe ?? (await probeSource(env.FFPROBE, original, limits));
  const remuxed = needsRemux(probed.container)
    ? await remuxedSource(context, original, probed, { videoId, attempt })
    : undefined;
  await using source = remuxed ? await openSource(clients.s3, env.UPLOADS_BUCKET, remuxed) : undefined;
  const readable = source ?? original;
  const probe = source ? await probeSource(env.FFPROBE, source, limits) : probed;
  const choices = choicesOf(video, env);
  const title = plan({ videoId, attempt }, remuxed ?? video.source.key, probe, {
    // A remuxed copy does not stay: nothing can be encoded of it on demand.
    eagerLines: remuxed ? Number.POSITIVE_INFINITY : choices.eagerLines,
    encryption: choices.protection === 'cbcs' ? await encryptionOf(context, { videoId, attempt }, video) : undefined,
    engine: choices.engine,
  });
  const probedAt = context.now();

  const media = { s3: clients.s3, bucket: env.MEDIA_BUCKET };
  // The plan first: who changes the captions from now on finds it, and writes the manifests anew.
  const published = context.jobs
    .putPlan({ videoId, attempt }, title)
    .then(() =>
      publishManifests(
        { videos, media, look: async () => undefined, make: (_, captions) => manifests(title, {}, captions) },
        { videoId, attempt },
      ),
    );
  // Awaited below; a failure of either side must not be reported twice.
  published.catch(() => undefined);
  const task = {
    plan: title,
    chunk: span(title, 0, 1, 1),
    rungs: title.rungs.slice(0, 1),
    audio: title.audio,
    url: readable.url,
    contentKey: await contentKeyOf(context, { videoId, attempt }, title),
    threads: expressThreads(),
  };
  const begun = peek && isSamePlan(peek.plan, title) && peek.tracks.length > 0 ? peek.tracks : undefined;
  const { tracks, cpuSeconds } = begun
    ? { tracks: begun, cpuSeconds: 0 }
    : await encode(task, { ffmpeg: env.FFMPEG, packager: env.PACKAGER }, limits);
  const encodedAt = context.now();
  const segments = await publishTracks(clients.s3, env.MEDIA_BUCKET, { videoId, attempt }, tracks, signal);
  await published;
  await announce(context, title, videoId, attempt);
  const playableAt = context.now();
  context.log.info('playable', {
    probeMs: probedAt - started,
    encodeMs: encodedAt - probedAt,
    publishMs: playableAt - encodedAt,
    peek: begun ? 'segment' : peek ? 'plan' : 'none',
  });
  return {
    segments,
    cpuSeconds,
    wallSeconds: (playableAt - started) / 1000,
  };
};

/** Puts a copy that can be sought in beside the source; its key. */
async function remuxedSource(
  { env, clients: { s3 }, scratch, signal }: JobContext,
  original: OpenSource,
  probed: Probe,
  { videoId, attempt }: RunInput,
): Promise<string> {
  const Key = remuxedSourceKey(videoId, attempt);
  const limits = { cwd: scratch, signal, urgency: 'express' } as const;
  await remuxInto({ s3, Bucket: env.UPLOADS_BUCKET, Key }, env.FFMPEG, original, probed, limits);
  return Key;
}

/**
 * Records that there is something to watch, and says so: at least once, since a repeated job cannot know whether the one
 * before it got to say it. A run that a newer attempt has overtaken, or a deleted video, says nothing.
 */
async function announce(
  { videos, publish, now }: JobContext,
  title: Plan,
  videoId: VideoId,
  attempt: number,
): Promise<void> {
  const durationSeconds = titleSeconds(title);
  const rungs = title.rungs.map(({ name, width, height }) => ({ name, width, height }));
  const at = now();
  const moved = await videos.moveTo(
    videoId,
    'playable',
    { set: { durationSeconds, rungs, playableAt: at, progress: 0 }, onlyIf: { attempt, state: ['processing'] } },
    at,
  );
  const video = moved ?? (await videos.get(videoId));
  if (video?.attempt !== attempt || video.state !== 'playable') return;
  await publish(videoPlayable, { videoId, ownerId: video.ownerId, attempt, durationSeconds });
}
