import type { StoredSegment } from '../jobs/results.ts';
import { measuredBitrate, videoSegmentSeconds } from './bandwidth.ts';
import { keyTags, version } from './hls.ts';
import type { ByteSpan } from './key-frame.ts';
import type { Plan, PlannedRung } from './plan.ts';
import { attributes, quoted } from './playlist-tags.ts';
import { segmentCount } from './timeline.ts';

/** Where the first picture of segments 1 to n is, by rung; of rungs of which every one is known. */
export type KeyFrames = Readonly<Record<string, readonly ByteSpan[]>>;

/** Every segment is there and begins with an IDR picture, so that one a segment is known, or the rung has no such playlist. */
export function keyFramesOf(plan: Plan, segments: Iterable<StoredSegment>): KeyFrames {
  const count = segmentCount(plan);
  const known = new Map<string, Map<number, ByteSpan>>(plan.rungs.map(({ name }) => [name, new Map()]));
  for (const { track, number, keyFrame } of segments) if (keyFrame) known.get(track)?.set(number, keyFrame);
  return Object.fromEntries(
    [...known]
      .filter(([, spans]) => spans.size === count)
      .map(([rung, spans]) => [rung, [...spans].sort(([a], [b]) => a - b).map(([, span]) => span)]),
  );
}

/** What an I-frame playlist of ours says: for good, where the records of the jobs that found it are kept for a month. */
export const keyFramesListed = (playlist: string): ByteSpan[] =>
  [...playlist.matchAll(/^#EXT-X-BYTERANGE:(\d+)@(\d+)$/gm)].map(([, length, offset]) => ({
    offset: Number(offset),
    length: Number(length),
  }));

const withKeyFrames = (plan: Plan, keyFrames: KeyFrames) =>
  plan.rungs.flatMap((rung) => {
    const spans = keyFrames[rung.name];
    return spans ? [{ rung, spans }] : [];
  });

/**
 * The I-frame playlists (RFC 8216 section 4.3.3.6), by rung: a picture a segment, each as long as it is until the next. The
 * ranges are those of the files that play, so that scrubbing costs no bytes of storage.
 */
export function iFramePlaylists(plan: Plan, keyFrames: KeyFrames): Record<string, string> {
  const seconds = videoSegmentSeconds(plan);
  const playlist = ({ name }: PlannedRung, spans: readonly ByteSpan[]) =>
    `${[
      '#EXTM3U',
      `#EXT-X-VERSION:${version}`,
      `#EXT-X-TARGETDURATION:${Math.max(1, ...seconds.map(Math.round))}`,
      '#EXT-X-MEDIA-SEQUENCE:1',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-I-FRAMES-ONLY',
      ...keyTags(plan),
      `#EXT-X-MAP:URI="${name}/init.mp4"`,
      ...spans.flatMap(({ offset, length }, i) => [
        `#EXTINF:${(seconds[i] ?? 0).toFixed(6)},`,
        `#EXT-X-BYTERANGE:${length}@${offset}`,
        `${name}/${i + 1}.m4s`,
      ]),
      '#EXT-X-ENDLIST',
    ].join('\n')}\n`;
  return Object.fromEntries(
    withKeyFrames(plan, keyFrames).map(({ rung, spans }) => [rung.name, playlist(rung, spans)]),
  );
}

/**
 * The lines of the Master Playlist that name them (RFC 8216 section 4.3.4.3). BANDWIDTH is what it is of a variant: the
 * peak of a playlist's own segments, here the pictures alone.
 */
export function iFrameStreams(plan: Plan, keyFrames: KeyFrames): string {
  const seconds = videoSegmentSeconds(plan);
  return withKeyFrames(plan, keyFrames)
    .map(({ rung, spans }) => {
      const { peak, average } = measuredBitrate(
        spans.map(({ length }) => length),
        seconds,
      );
      return `#EXT-X-I-FRAME-STREAM-INF:${attributes({
        BANDWIDTH: peak,
        'AVERAGE-BANDWIDTH': average,
        CODECS: quoted(rung.codec),
        RESOLUTION: `${rung.width}x${rung.height}`,
        URI: quoted(`${rung.name}-iframes.m3u8`),
      })}\n`;
    })
    .join('');
}
