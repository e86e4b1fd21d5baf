import { captionsChanged } from '../../domain/events/events.ts';
import { type Caption, withEmbedded } from '../../domain/media/captions/captions.ts';
import { CaptionFault } from '../../domain/media/captions/parse.ts';
import type { Plan } from '../../domain/media/plan.ts';
import { putCaptionFile } from '../../platform/caption-files.ts';
import { changeVideo } from '../../platform/records/change.ts';
import type { JobContext, JobHandler } from '../context.ts';
import { Rejection } from '../failures.ts';
import { openSource } from '../media/source.ts';
import { type FoundText, readSubtitles } from '../media/subtitles.ts';

/**
 * Text tracks of the source as captions: their files, then the record, then the word that there are others. A track that
 * is no text is left out.
 */
export const captions: JobHandler<'captions'> = async ({ videoId, attempt }, context) => {
  const { env, clients, jobs, videos, publish, scratch, signal, now } = context;
  const started = now();
  const plan = await jobs.getPlan({ videoId, attempt });
  if (plan === undefined) throw new Rejection({ code: 'internal', detail: 'the run has no plan' });
  await using source = await openSource(clients.s3, env.UPLOADS_BUCKET, plan.sourceKey);
  const found = await readSubtitles(env.FFMPEG, plan, source, { cwd: scratch, signal, urgency: 'bulk' });
  const made = await kept(context, plan, videoId, found);
  const changed = await changeVideo(
    videos,
    videoId,
    (video) => {
      // Once a run: a creator may have taken one away since.
      if (video.attempt !== attempt || video.embeddedCaptionsAttempt === attempt) return undefined;
      return { set: { captions: withEmbedded(video.captions, made), embeddedCaptionsAttempt: attempt } };
    },
    now(),
  );
  // Said again by a repeated job: the one before it may not have got to it.
  const video = changed ?? (await videos.get(videoId));
  if (video?.attempt === attempt && made.length > 0)
    await publish(captionsChanged, { videoId, ownerId: video.ownerId, attempt });
  return { segments: [], cpuSeconds: found.cpuSeconds, wallSeconds: (now() - started) / 1000 };
};

/** The tracks whose cues are in the bucket. */
async function kept(
  { env, clients, signal, log, now }: JobContext,
  { attempt, subtitles }: Plan,
  videoId: string,
  { tracks }: FoundText,
): Promise<Caption[]> {
  const made: Caption[] = [];
  for (const { name, language, kind, label } of subtitles) {
    const cues = tracks.find((track) => track.name === name)?.cues;
    if (cues instanceof CaptionFault) log.warn('a text track is left out', { track: name, fault: cues.sentence });
    if (cues === undefined || cues instanceof CaptionFault) continue;
    const file = await putCaptionFile(clients.s3, env.MEDIA_BUCKET, videoId, cues, signal);
    made.push({ name, language, kind, label, origin: 'embedded', attempt, ...file, updatedAt: now() });
  }
  return made;
}
