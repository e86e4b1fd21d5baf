import { audioSegmentSeconds, videoSegmentSeconds } from '../../domain/media/bandwidth.ts';
import { attemptPrefix, transcodedFolder } from '../../domain/media/paths.ts';
import type { Plan } from '../../domain/media/plan.ts';

/** An object as MediaConvert puts it. */
export interface TranscodedObject {
  readonly key: string;
  readonly body: string;
}

/**
 * What MediaConvert puts into the bucket for a job, in its own names: playlists, an MPD, and segments that hold nothing but their
 * name, for nothing here decodes them.
 */
export function transcoded(plan: Plan): TranscodedObject[] {
  const [video, audio] = [videoSegmentSeconds(plan), audioSegmentSeconds(plan)];
  const tracks = [
    ...plan.rungs.map(({ name }) => ({ name, extension: 'cmfv', seconds: video })),
    ...plan.audio.map(({ name }) => ({ name, extension: 'cmfa', seconds: audio })),
  ];
  const segment = (name: string, extension: string, i: number) =>
    `title_${name}_${String(i + 1).padStart(9, '0')}.${extension}`;
  const files = tracks.flatMap(({ name, extension, seconds }) => [
    { name: `title_${name}init.${extension}`, body: 'init' },
    ...seconds.map((_, i) => ({ name: segment(name, extension, i), body: segment(name, extension, i) })),
    {
      name: `title_${name}.m3u8`,
      body: [
        '#EXTM3U',
        '#EXT-X-VERSION:6',
        '#EXT-X-TARGETDURATION:4',
        '#EXT-X-PLAYLIST-TYPE:VOD',
        `#EXT-X-MAP:URI="title_${name}init.${extension}"`,
        ...seconds.map((length, i) => `#EXTINF:${length},\n${segment(name, extension, i)}`),
        '#EXT-X-ENDLIST',
        '',
      ].join('\n'),
    },
  ]);
  const master = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    ...plan.audio.map(
      ({ name, label }) => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="${label}",URI="title_${name}.m3u8"`,
    ),
    ...plan.rungs.map(
      (rung) =>
        `#EXT-X-STREAM-INF:BANDWIDTH=${rung.maxrateBps},RESOLUTION=${rung.width}x${rung.height}\ntitle_${rung.name}.m3u8`,
    ),
    '',
  ].join('\n');
  const mpd = `<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">\n  <Period id="1"></Period>\n</MPD>\n`;
  return [...files, { name: 'title.m3u8', body: master }, { name: 'title.mpd', body: mpd }].map(({ name, body }) => ({
    key: `${attemptPrefix(plan.videoId, plan.attempt)}/${transcodedFolder}/${name}`,
    body,
  }));
}
