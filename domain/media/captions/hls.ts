import { captionsPlaylistName } from '../paths.ts';
import type { Plan } from '../plan.ts';
import { attributes, autoselect, quoted, uniqueLabels } from '../playlist-tags.ts';
import { titleSeconds } from '../timeline.ts';
import type { Caption } from './captions.ts';

/** The group of all text renditions. */
export const subtitlesGroup = quoted('subtitles');

/** What captions for those who cannot hear tell (RFC 8216 section 4.3.4.1, CHARACTERISTICS). */
const accessible = quoted(
  'public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound',
);

/** EXT-X-MEDIA of each text rendition (RFC 8216 section 4.3.4.1). */
export function captionMedia(captions: readonly Caption[]): string[] {
  const labels = uniqueLabels(captions.map(({ label }) => label));
  const selected = autoselect(captions.map(({ language, kind }) => `${language} ${kind}`));
  return captions.map(
    ({ language, kind, digest }, i) =>
      `#EXT-X-MEDIA:${attributes({
        TYPE: 'SUBTITLES',
        'GROUP-ID': subtitlesGroup,
        NAME: quoted(labels[i] ?? ''),
        LANGUAGE: language === 'und' ? undefined : quoted(language),
        DEFAULT: 'NO',
        AUTOSELECT: selected[i],
        FORCED: kind === 'forced' ? 'YES' : 'NO',
        CHARACTERISTICS: kind === 'captions' ? accessible : undefined,
        URI: quoted(captionsPlaylistName(digest)),
      })}`,
  );
}

/** The Media Playlist of a text rendition: one WebVTT segment as long as the title (RFC 8216 section 3.5). */
export function captionsPlaylist(plan: Plan, { digest }: Caption): string {
  const seconds = titleSeconds(plan);
  return `${[
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    // Text renditions on demand may have another than the rest (section 6.2.4).
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(seconds))}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${seconds.toFixed(6)},`,
    `../captions/${digest}.vtt`,
    '#EXT-X-ENDLIST',
  ].join('\n')}\n`;
}
