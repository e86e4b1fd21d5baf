import { describe, expect, it } from 'vitest';
import { type Caption, withEmbedded } from '../../../../../domain/media/captions/captions.ts';
import { Plan, plan } from '../../../../../domain/media/plan.ts';
import { interpretProbe, ProbeOutput } from '../../../../../domain/media/probe.ts';

const run = { videoId: '01JD0000000000000000000000', attempt: 1 };
const planOf = (streams: unknown[]) => {
  const video = { index: 0, codec_type: 'video', codec_name: 'h264', width: 640, height: 360, avg_frame_rate: '30/1' };
  const output = ProbeOutput.parse({ streams: [video, ...streams], format: { format_name: 'matroska,webm' } });
  const packets = [{ pts_time: 0 }, { pts_time: 5 }];
  return plan(run, 'sources/a/b', interpretProbe(output, packets, packets), { eagerLines: 1080 });
};
const text = (index: number, codec_name: string, more: object = {}) => ({
  index,
  codec_type: 'subtitle',
  codec_name,
  ...more,
});

describe('text tracks of a source', () => {
  it('are planned with what their container says of them; pictures of text are not', () => {
    const { subtitles } = planOf([
      text(1, 'hdmv_pgs_subtitle', { tags: { language: 'eng' } }),
      text(2, 'subrip', { tags: { language: 'ger', title: 'Dialog' }, disposition: { hearing_impaired: 1 } }),
      text(3, 'mov_text', { tags: { language: 'und' } }),
      text(5, 'ass', { tags: { language: 'por' }, disposition: { forced: 1 } }),
      text(6, 'dvd_subtitle'),
    ]);
    expect(subtitles).toEqual([
      { name: 'embedded-1', streamIndex: 2, kind: 'captions', language: 'de', label: 'Dialog' },
      { name: 'embedded-2', streamIndex: 3, kind: 'subtitles', language: 'und', label: 'Unknown' },
      { name: 'embedded-3', streamIndex: 5, kind: 'forced', language: 'pt', label: 'português (forced)' },
    ]);
  });

  it('are named by their language, not by what it is written with', () => {
    const languages = [
      'en-u-ca-gregory',
      'en-x-private',
      'x-private',
      `de-${'abcdefgh-'.repeat(4)}x`,
      'klingon?',
      'EN-us',
    ];
    const { subtitles } = planOf(languages.map((language, i) => text(i + 1, 'subrip', { tags: { language } })));
    expect(subtitles.map(({ language, label }) => [language, label])).toEqual([
      ['en', 'English'],
      ['en', 'English'],
      ...Array.from({ length: 3 }, () => ['und', 'Unknown']),
      ['en-US', 'American English'],
    ]);
  });

  it('and tracks of sound have titles that fit into a menu, whatever their container holds', () => {
    const tags = { title: `\u001B]0;x\u0007 ${'💩'.repeat(1_000_000)}` };
    const title = planOf([
      text(1, 'subrip', { tags }),
      text(2, 'subrip', { tags: { title: '\u200B' } }),
      { index: 3, codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '48000', tags },
    ]);
    const label = `]0;x ${'💩'.repeat(47)}`;
    expect(title.subtitles.map((track) => track.label)).toEqual([label, 'Unknown']);
    expect(title.audio.map((track) => track.label)).toEqual([label]);
  });

  it('are none in a plan that was made before there were any', () => {
    const { subtitles: _, ...before } = planOf([]);
    expect(Plan.parse(before).subtitles).toEqual([]);
  });

  it('take the place of those of earlier runs, and never of what a creator has sent', () => {
    const caption = (name: string, origin: Caption['origin'], attempt?: number): Caption => ({
      ...{ name, origin, language: 'en', kind: 'subtitles', label: name, digest: 'd'.repeat(32) },
      ...{ sizeBytes: 1, cues: 1, updatedAt: 1, ...(attempt === undefined ? {} : { attempt }) },
    });
    const had = [caption('embedded-1', 'uploaded'), caption('embedded-2', 'embedded', 1), caption('de', 'uploaded')];
    const found = [caption('embedded-1', 'embedded', 2), caption('embedded-3', 'embedded', 2)];
    expect(withEmbedded(had, found).map(({ name, attempt }) => [name, attempt])).toEqual([
      ['embedded-1', undefined],
      ['de', undefined],
      ['embedded-3', 2],
    ]);
  });
});
