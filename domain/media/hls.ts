import { audioBitrate, audioSegmentSeconds, type Measured, rungBitrate, videoSegmentSeconds } from './bandwidth.ts';
import type { Caption } from './captions/captions.ts';
import { captionMedia, subtitlesGroup } from './captions/hls.ts';
import type { Plan } from './plan.ts';
import { attributes, autoselect, quoted, uniqueLabels } from './playlist-tags.ts';
import { framesPerSecond } from './rate.ts';

/** AAC-LC (RFC 6381, ISO/IEC 14496-3). */
export const aacCodec = 'mp4a.40.2';

/** EXT-X-MAP in a playlist with no I-frames-only tag (RFC 8216 section 7). */
export const version = 6;

/** The Master Playlist (RFC 8216 section 4.3.4): one variant a rung, lowest first, audio in one group, text in another. */
export function masterPlaylist(plan: Plan, measured?: Measured, captions: readonly Caption[] = []): string {
  const lines = ['#EXTM3U', `#EXT-X-VERSION:${version}`, '#EXT-X-INDEPENDENT-SEGMENTS'];
  const audio = plan.audio.map((track) => audioBitrate(plan, track, measured));
  const audioPeak = Math.max(0, ...audio.map((a) => a.peak));
  const audioAverage = Math.max(0, ...audio.map((a) => a.average ?? 0));
  const labels = uniqueLabels(plan.audio.map(({ label }) => label));
  const selected = autoselect(plan.audio.map(({ language = '' }) => language));
  plan.audio.forEach((track, i) => {
    lines.push(
      `#EXT-X-MEDIA:${attributes({
        TYPE: 'AUDIO',
        'GROUP-ID': quoted('audio'),
        NAME: quoted(labels[i] ?? ''),
        LANGUAGE: track.language === undefined ? undefined : quoted(track.language),
        DEFAULT: i === 0 ? 'YES' : 'NO',
        AUTOSELECT: selected[i],
        CHANNELS: quoted(String(track.channels)),
        URI: quoted(`${track.name}.m3u8`),
      })}`,
    );
  });
  lines.push(...captionMedia(captions));
  for (const rung of plan.rungs) {
    const video = rungBitrate(plan, rung, measured);
    lines.push(
      `#EXT-X-STREAM-INF:${attributes({
        BANDWIDTH: video.peak + audioPeak,
        'AVERAGE-BANDWIDTH': video.average === undefined ? undefined : video.average + audioAverage,
        CODECS: quoted(plan.audio.length > 0 ? `${rung.codec},${aacCodec}` : rung.codec),
        RESOLUTION: `${rung.width}x${rung.height}`,
        'FRAME-RATE': framesPerSecond(plan.rate).toFixed(3),
        AUDIO: plan.audio.length > 0 ? quoted('audio') : undefined,
        SUBTITLES: captions.length > 0 ? subtitlesGroup : undefined,
        'CLOSED-CAPTIONS': 'NONE',
      })}`,
      `${rung.name}.m3u8`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/**
 * EXT-X-KEY (RFC 8216 section 4.3.2.4), by the two names that players know Clear Key by. Both lead to the licence service,
 * which wants to be asked for the KID by those who may watch: a playlist alone opens nothing.
 */
export const keyTags = ({ videoId, encryption }: Plan): string[] =>
  encryption === undefined
    ? []
    : ['org.w3.clearkey', 'identity'].map(
        (format) =>
          `#EXT-X-KEY:${attributes({
            METHOD: 'SAMPLE-AES',
            URI: quoted(`/api/videos/${videoId}/license?kid=${encryption.keyId}`),
            KEYFORMAT: quoted(format),
            KEYFORMATVERSIONS: quoted('1'),
          })}`,
      );

/** A Media Playlist of a whole title (RFC 8216 section 4.3.3): every segment, encoded or not. */
function mediaPlaylist(plan: Plan, track: string, seconds: readonly number[]): string {
  return `${[
    '#EXTM3U',
    `#EXT-X-VERSION:${version}`,
    `#EXT-X-TARGETDURATION:${Math.max(1, ...seconds.map(Math.round))}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...keyTags(plan),
    `#EXT-X-MAP:URI="${track}/init.mp4"`,
    ...seconds.flatMap((length, i) => [`#EXTINF:${length.toFixed(6)},`, `${track}/${i + 1}.m4s`]),
    '#EXT-X-ENDLIST',
  ].join('\n')}\n`;
}

/** The Media Playlists of all tracks, by track name. */
export function mediaPlaylists(plan: Plan): Record<string, string> {
  const video = videoSegmentSeconds(plan);
  const audio = audioSegmentSeconds(plan);
  return Object.fromEntries([
    ...plan.rungs.map((rung) => [rung.name, mediaPlaylist(plan, rung.name, video)]),
    ...plan.audio.map((track) => [track.name, mediaPlaylist(plan, track.name, audio)]),
  ]);
}
