import type { RunInput } from '../../../domain/jobs/jobs.ts';
import { manifests } from '../../../domain/media/manifests.ts';
import { contents, listed, masterFromAbove, mpdFromAbove } from '../../../domain/media/mediaconvert/manifests.ts';
import { shownManifests, type Transcoded } from '../../../domain/media/mediaconvert/shown.ts';
import { transcodedBase, transcodedFolder } from '../../../domain/media/paths.ts';
import type { Plan } from '../../../domain/media/plan.ts';
import { titleSeconds } from '../../../domain/media/timeline.ts';
import { findText } from '../../../platform/media.ts';
import { type ManifestParts, publishManifests } from '../../../platform/title-manifests.ts';
import { type FinishOutcome, storedSizes } from '../finish.ts';
import type { Services } from '../services.ts';

/** By how much a rendition may be shorter than was planned: MediaConvert ends where the source's frames do. Seconds. */
const shortfallSeconds = 4;

/**
 * Checks that MediaConvert has made every rung and every sound in full, by its own playlists, and puts its Master Playlist and
 * MPD where ours were: from then on players get what it made.
 */
export async function finishTranscoded(
  { media, videos, now }: Pick<Services, 'media' | 'videos' | 'now'>,
  run: RunInput,
  plan: Plan,
): Promise<FinishOutcome> {
  const made = await transcoded(media, run, plan);
  if ('lacks' in made) return { outcome: 'incomplete', reason: { code: 'segments-missing', detail: made.lacks } };
  await publishManifests(
    { videos, media, look: async () => made, make: (found, captions) => shownManifests(plan, found, captions) },
    run,
  );
  const { videoId, attempt } = run;
  if (plan.encryption) await videos.change(videoId, { set: { drmAttempt: attempt }, onlyIf: { attempt } }, now());
  return { outcome: 'complete' };
}

/** How the manifests of such a title come about at any time: MediaConvert's once it is through, until then ours. */
export const transcodedParts = (
  { videos, media }: Pick<Services, 'videos' | 'media'>,
  run: RunInput,
  plan: Plan,
): ManifestParts<Transcoded | undefined> => ({
  videos,
  media,
  async look() {
    const made = await transcoded(media, run, plan);
    return 'lacks' in made ? undefined : made;
  },
  make: (made, captions) => (made ? shownManifests(plan, made, captions) : manifests(plan, {}, captions)),
});

/** MediaConvert's manifests, once everything that they list is there; else what is lacking. */
async function transcoded(
  media: Services['media'],
  run: RunInput,
  plan: Plan,
): Promise<Transcoded | { readonly lacks: string }> {
  const sizes = await storedSizes(media, run);
  const base = transcodedBase(plan.videoId, plan.attempt);
  const folder = base.slice(0, base.lastIndexOf('/') + 1);
  const [master, mpd] = await Promise.all([findText(media, `${base}.m3u8`), findText(media, `${base}.mpd`)]);
  const shown = mpd && mpdFromAbove(mpd, transcodedFolder);
  if (master === undefined || shown === undefined) return { lacks: 'no manifests of MediaConvert' };

  const { variants, audio } = listed(master);
  const absent = plan.rungs.find(({ width, height }) => !variants.some((v) => v.resolution === `${width}x${height}`));
  if (absent) return { lacks: `no ${absent.name} in ${base}.m3u8` };
  if (audio.length < plan.audio.length) return { lacks: `${audio.length} of ${plan.audio.length} audio renditions` };

  for (const playlist of [...variants.map(({ uri }) => uri), ...audio]) {
    const body = await findText(media, folder + playlist);
    if (body === undefined) return { lacks: `no ${folder}${playlist}` };
    const { files, seconds, isWhole } = contents(body);
    const missing = files.find((file) => !sizes.get(folder + file));
    if (missing !== undefined) return { lacks: `no ${folder}${missing}` };
    if (!isWhole || seconds < titleSeconds(plan) - shortfallSeconds)
      return { lacks: `${playlist} has ${seconds} of ${titleSeconds(plan)} s` };
  }
  return { master: masterFromAbove(master, transcodedFolder), mpd: shown };
}
