import type { Caption } from '../captions/captions.ts';
import { textSets } from '../captions/dash.ts';
import { captionMedia, captionsPlaylist, subtitlesGroup } from '../captions/hls.ts';
import { dashType, hlsType, type Manifest } from '../manifests.ts';
import { captionsPlaylistKey, dashManifestKey, hlsMasterKey } from '../paths.ts';
import type { Plan } from '../plan.ts';

/** MediaConvert's Master Playlist and MPD, as they stand in the place of ours. */
export interface Transcoded {
  readonly master: string;
  readonly mpd: string;
}

/** The manifests of a title that MediaConvert has made, with the captions that the video has. */
export function shownManifests(plan: Plan, { master, mpd }: Transcoded, captions: readonly Caption[]): Manifest[] {
  const { videoId, attempt } = plan;
  return [
    ...captions.map((caption) => ({
      key: captionsPlaylistKey(videoId, attempt, caption.digest),
      contentType: hlsType,
      body: captionsPlaylist(plan, caption),
      entry: false,
    })),
    { key: hlsMasterKey(videoId, attempt), contentType: hlsType, body: masterWith(master, captions), entry: true },
    { key: dashManifestKey(videoId, attempt), contentType: dashType, body: mpdWith(plan, mpd, captions), entry: true },
  ];
}

/** Text renditions before the first variant, and their group in each (RFC 8216 sections 4.3.4.1 and 4.3.4.2). */
function masterWith(master: string, captions: readonly Caption[]): string {
  if (captions.length === 0) return master;
  const lines = master
    .split(/\r?\n/)
    .map((line) => (line.startsWith('#EXT-X-STREAM-INF:') ? `${line},SUBTITLES=${subtitlesGroup}` : line));
  const first = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF:'));
  return lines.toSpliced(first, 0, ...captionMedia(captions)).join('\n');
}

/** Text sets at the end of the Period. The MPD's base is MediaConvert's folder, a step further from the captions. */
const mpdWith = (plan: Plan, mpd: string, captions: readonly Caption[]): string =>
  captions.length === 0
    ? mpd
    : mpd.replace(/\s*<\/Period>/, (end) => `\n${textSets(plan, captions, '../../captions').join('\n')}${end}`);
