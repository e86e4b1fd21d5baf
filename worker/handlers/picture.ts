import { pictureKey, sentPictureKey } from '../../domain/media/paths.ts';
import { maxPictureBytes } from '../../domain/media/picture.ts';
import type { SentPicture } from '../../domain/video/poster.ts';
import { putOnce, readStored } from '../../platform/media.ts';
import type { VideoChange } from '../../platform/records/videos.ts';
import type { JobHandler } from '../context.ts';
import { makePicture } from '../media/picture.ts';

/**
 * A picture that a creator sent: made into a poster, which it is from then on, or refused. What was sent later counts, and
 * what they chose meanwhile.
 */
export const picture: JobHandler<'picture'> = async (
  { videoId, pictureId },
  { env, clients, videos, scratch, signal, now },
) => {
  const started = now();
  const over = (cpuSeconds = 0) => ({ segments: [], cpuSeconds, wallSeconds: (now() - started) / 1000 });
  const isAwaited = (sent: SentPicture | undefined) => sent?.pictureId === pictureId && sent.state === 'pending';
  if (!isAwaited((await videos.get(videoId))?.picture)) return over();
  const sent = await readStored(clients.s3, env.UPLOADS_BUCKET, sentPictureKey(videoId, pictureId), signal);
  const made =
    sent.length > maxPictureBytes
      ? ({ problem: 'picture-too-large' } as const)
      : await makePicture(env.FFMPEG, sent, { cwd: scratch, signal, urgency: 'express' });
  if ('body' in made) {
    const object = { key: pictureKey(videoId, pictureId), contentType: 'image/jpeg', body: made.body };
    await putOnce(clients.s3, env.MEDIA_BUCKET, object, signal);
  }
  const set: VideoChange['set'] =
    'body' in made
      ? { picture: { pictureId, state: 'made' }, poster: { kind: 'own', pictureId } }
      : { picture: { pictureId, state: 'refused', problem: made.problem } };
  const read = async () => {
    const video = await videos.get(videoId);
    return video?.state === 'deleted' || !isAwaited(video?.picture) ? undefined : video;
  };
  for (let video = await read(); video; video = await read()) {
    if (await videos.change(videoId, { set, onlyIf: { version: video.version } }, now())) break;
  }
  return over('body' in made ? made.cpuSeconds : 0);
};
