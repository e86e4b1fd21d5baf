import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { VideoId } from '../../../domain/ids.ts';
import { dashType, hlsType, type Manifest } from '../../../domain/media/manifests.ts';
import { contents, listed, masterFromAbove, mpdFromAbove } from '../../../domain/media/mediaconvert/manifests.ts';
import { dashManifestKey, hlsMasterKey, transcodedBase, transcodedFolder } from '../../../domain/media/paths.ts';
import type { Plan } from '../../../domain/media/plan.ts';
import { titleSeconds } from '../../../domain/media/timeline.ts';
import { putManifests } from '../../../platform/media.ts';
import type { FinishOutcome } from '../finish.ts';
import type { Services } from '../services.ts';

/** By how much a rendition may be shorter than was planned: MediaConvert ends where the source's frames do. Seconds. */
const shortfallSeconds = 4;

/**
 * Checks that MediaConvert has made every rung and every sound in full, by its own playlists, and puts its Master Playlist and
 * MPD where ours were: from then on players get what it made. `sizes`: bytes of the objects of the attempt, by key.
 */
export async function finishTranscoded(
  { media, videos, now }: Pick<Services, 'media' | 'videos' | 'now'>,
  plan: Plan,
  sizes: ReadonlyMap<string, number>,
): Promise<FinishOutcome> {
  const base = transcodedBase(plan.videoId, plan.attempt);
  const folder = base.slice(0, base.lastIndexOf('/') + 1);
  const [master, mpd] = await Promise.all([text(media, `${base}.m3u8`), text(media, `${base}.mpd`)]);
  const shown = mpd && mpdFromAbove(mpd, transcodedFolder);
  if (master === undefined || shown === undefined) return incomplete('no manifests of MediaConvert');

  const { variants, audio } = listed(master);
  const absent = plan.rungs.find(({ width, height }) => !variants.some((v) => v.resolution === `${width}x${height}`));
  if (absent) return incomplete(`no ${absent.name} in ${base}.m3u8`);
  if (audio.length < plan.audio.length) return incomplete(`${audio.length} of ${plan.audio.length} audio renditions`);

  for (const playlist of [...variants.map(({ uri }) => uri), ...audio]) {
    const body = await text(media, folder + playlist);
    if (body === undefined) return incomplete(`no ${folder}${playlist}`);
    const { files, seconds, isWhole } = contents(body);
    const missing = files.find((file) => !sizes.get(folder + file));
    if (missing !== undefined) return incomplete(`no ${folder}${missing}`);
    if (!isWhole || seconds < titleSeconds(plan) - shortfallSeconds)
      return incomplete(`${playlist} has ${seconds} of ${titleSeconds(plan)} s`);
  }

  const published: Manifest[] = [
    {
      key: hlsMasterKey(plan.videoId, plan.attempt),
      contentType: hlsType,
      body: masterFromAbove(master, transcodedFolder),
      entry: true,
    },
    { key: dashManifestKey(plan.videoId, plan.attempt), contentType: dashType, body: shown, entry: true },
  ];
  await putManifests(media.s3, media.bucket, published);
  if (plan.encryption) {
    const { videoId, attempt } = plan;
    await videos.change(VideoId.parse(videoId), { set: { drmAttempt: attempt }, onlyIf: { attempt } }, now());
  }
  return { outcome: 'complete' };
}

const incomplete = (detail: string): FinishOutcome => ({
  outcome: 'incomplete',
  reason: { code: 'segments-missing', detail },
});

/** The text of an object; undefined if there is none. */
async function text({ s3, bucket }: Services['media'], Key: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
