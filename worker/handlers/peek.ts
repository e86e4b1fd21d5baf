import { readFile } from 'node:fs/promises';
import { videoRejected } from '../../domain/events/events.ts';
import type { MessageOf } from '../../domain/jobs/jobs.ts';
import type { JobResult } from '../../domain/jobs/results.ts';
import { holdsIndex, isCertain } from '../../domain/media/peek.ts';
import { type Plan, plan } from '../../domain/media/plan.ts';
import type { Probe } from '../../domain/media/probe.ts';
import { span, titleSeconds } from '../../domain/media/timeline.ts';
import { peekOf } from '../../domain/upload/peek.ts';
import type { Reason } from '../../domain/video/reasons.ts';
import type { Source, Video } from '../../domain/video/video.ts';
import type { JobContext, JobHandler } from '../context.ts';
import { Rejection } from '../failures.ts';
import { encode } from '../media/encode.ts';
import { expressThreads } from '../media/encoder-threads.ts';
import { ReadShort } from '../media/loopback.ts';
import { keepPeek, type PeekPlace, sentPeek } from '../media/peek-objects.ts';
import { peekPoster } from '../media/peek-poster.ts';
import { choicesOf } from '../media/plan-choices.ts';
import { probeSource } from '../media/probe.ts';
import { needsRemux } from '../media/remux.ts';
import { type PeekBytes, sparseSource } from '../media/sparse-source.ts';

type Message = MessageOf<'peek'>;

/** What head and tail tell of a file: exactly what the whole file would tell, or nothing. */
type Sight =
  | { readonly verdict: 'unknown'; readonly why: string }
  | { readonly verdict: 'rejected'; readonly reason: Reason }
  | { readonly verdict: 'accepted'; readonly probe: Probe; readonly title: Plan };

/**
 * The head of a title before its source is there: verdict, plan, segment 1 and a small picture, of the first and last
 * megabytes. A shortcut and never the truth: what it makes is kept beside the peek until Prepare has compared, and where
 * it can tell nothing, nothing is lost.
 */
export const peek: JobHandler<'peek'> = async (message, context) => {
  const started = context.now();
  const { env, clients, videos, signal, now, log } = context;
  const { videoId, uploadId } = message;
  const over = (cpuSeconds = 0): JobResult => ({ segments: [], cpuSeconds, wallSeconds: (now() - started) / 1000 });

  const video = await videos.get(videoId);
  const source = video?.source;
  const ranges = source && peekOf(source.sizeBytes);
  if (!video || !source || !ranges || source.uploadId !== uploadId || video.state !== 'uploading') return over();
  const place: PeekPlace = { s3: clients.s3, bucket: env.UPLOADS_BUCKET, videoId, uploadId, signal };
  const sent = await sentPeek(place, message);
  const receivedAt = now();

  const bytes = sent && { sizeBytes: source.sizeBytes, ranges, ...sent };
  const sight: Sight = bytes
    ? await look(message, context, video, source, bytes)
    : { verdict: 'unknown', why: 'head or tail is not what was announced' };
  await tell(context, message, sight);
  const toldAt = now();
  log.info('peeked', {
    ...(sight.verdict === 'accepted' ? { verdict: sight.verdict } : sight),
    receiveMs: receivedAt - started,
    verdictMs: toldAt - receivedAt,
  });
  if (sight.verdict !== 'accepted' || !bytes) return over();

  const cpuSeconds = await begin(message, context, place, sight, bytes);
  await videos.change(videoId, { set: { peek: { uploadId, verdict: 'accepted', isOver: true } } }, now());
  log.info('peek over', { encodeMs: now() - toldAt });
  return over(cpuSeconds);
};

/** Probes and plans as Prepare does, with everything that is not there refused, or not needed. */
async function look(
  { videoId, attempt }: Message,
  { env, scratch, signal }: JobContext,
  video: Video,
  source: Source,
  bytes: PeekBytes,
): Promise<Sight> {
  try {
    await using strict = await sparseSource(bytes, 'refused');
    const isIndexed = await holdsIndex(bytes.sizeBytes, bytes.ranges, strict.read);
    await using indexed = await sparseSource(bytes, 'zeros');
    const limits = { cwd: scratch, signal, urgency: 'express' } as const;
    const probe = await probeSource(env.FFPROBE, isIndexed ? indexed : strict, limits);
    if (needsRemux(probe.container)) return { verdict: 'unknown', why: `${probe.container} is remuxed first` };
    const title = plan({ videoId, attempt }, source.key, probe, choicesOf(video, env));
    return { verdict: 'accepted', probe, title };
  } catch (error) {
    if (error instanceof Rejection && isCertain(error.reason)) return { verdict: 'rejected', reason: error.reason };
    if (error instanceof Rejection || error instanceof ReadShort) return { verdict: 'unknown', why: error.message };
    throw error;
  }
}

/** Writes what was seen onto the record, if the file is still on its way. */
async function tell(
  { videos, publish, now }: JobContext,
  { videoId, uploadId, attempt }: Message,
  sight: Sight,
): Promise<void> {
  const peek = { uploadId, verdict: sight.verdict, isOver: sight.verdict !== 'accepted' };
  const onlyIf = { state: ['uploading'], attempt: attempt - 1 } as const;
  if (sight.verdict === 'rejected') {
    const { reason } = sight;
    const moved = await videos.moveTo(videoId, 'rejected', { set: { peek, reason }, onlyIf }, now());
    if (moved) await publish(videoRejected, { videoId, ownerId: moved.ownerId, attempt, reason });
    return;
  }
  const shown =
    sight.verdict === 'accepted'
      ? {
          durationSeconds: titleSeconds(sight.title),
          rungs: sight.title.rungs.map(({ name, width, height }) => ({ name, width, height })),
        }
      : {};
  await videos.change(videoId, { set: { peek, ...shown }, onlyIf }, now());
}

/** Segment 1 of the lowest rung with the sound, and a picture of it, where the head holds it; kept with the plan. */
async function begin(
  { head, tail }: Message,
  { env, scratch, signal, tryExtra, log }: JobContext,
  place: PeekPlace,
  { probe, title }: Extract<Sight, { verdict: 'accepted' }>,
  bytes: PeekBytes,
): Promise<number> {
  const limits = { cwd: scratch, signal, urgency: 'express' } as const;
  await using source = await sparseSource(bytes, 'refused');
  const task = {
    plan: title,
    chunk: span(title, 0, 1, 1),
    rungs: title.rungs.slice(0, 1),
    audio: title.audio,
    url: source.url,
    threads: expressThreads(),
  };
  const { tracks, poster, cpuSeconds } = await encoded().catch((error: unknown) => {
    signal.throwIfAborted();
    // Mostly that the head does not hold segment 1. Whatever it is, the whole file will show it.
    log.info('no segment from the peek', { why: String(error) });
    return { tracks: [], poster: undefined, cpuSeconds: 0 };
  });
  const named = tracks.map(({ track, segment }) => ({ track, sizeBytes: segment.length }));
  await keepPeek(place, { result: { checksums: { head, tail }, probe, plan: title, tracks: named }, tracks, poster });
  return cpuSeconds;

  async function encoded() {
    const made = await encode(task, { ffmpeg: env.FFMPEG, packager: env.PACKAGER }, limits);
    const files = made.tracks.map(async ({ track, init, segments: [first] }) => {
      if (first === undefined) throw new Error(`${track} has no segment 1`);
      return { track, init: await readFile(init), segment: await readFile(first.file) };
    });
    return {
      tracks: await Promise.all(files),
      poster: await tryExtra('poster', () => peekPoster(env.FFMPEG, `${title.rungs[0]?.name}.mp4`, limits)),
      cpuSeconds: made.cpuSeconds,
    };
  }
}
