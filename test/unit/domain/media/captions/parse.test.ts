import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cue, fitted } from '../../../../../domain/media/captions/cues.ts';
import {
  CaptionFault,
  captionLimits,
  decodeCaptions,
  parseCaptions,
} from '../../../../../domain/media/captions/parse.ts';
import { writeWebVtt } from '../../../../../domain/media/captions/webvtt.ts';

const srt = `1
00:00:01,000 --> 00:00:02,500
Good morning.

2
00:00:03,000 --> 00:00:04,000
Two
lines.
`;
const both: Cue[] = [
  { startMs: 1000, endMs: 2500, settings: '', text: 'Good morning.' },
  { startMs: 3000, endMs: 4000, settings: '', text: 'Two\nlines.' },
];
const faultOf = (text: string) => {
  const fault = parseCaptions(text);
  return fault instanceof CaptionFault ? [fault.code, fault.line] : fault;
};
const bytes = (...values: number[]) => Uint8Array.from(values);

/** Cues that a file can hold. */
const anyCue: fc.Arbitrary<Cue> = fc
  .record({
    startMs: fc.integer({ min: 0, max: 100 * 3_600_000 }),
    lengthMs: fc.integer({ min: 1, max: 60_000 }),
    settings: fc.constantFrom('', 'line:90%', 'align:start position:10%,line-left', 'vertical:rl'),
    text: fc.constantFrom('Hello', 'a &lt; b', '<i>Hi</i>', '<v Ann>Yes</v>\n– no', '--&gt;', '名前', '1', 'NOTE this'),
  })
  .map(({ startMs, lengthMs, ...cue }) => ({ ...cue, startMs, endMs: startMs + lengthMs }));

describe('a file of captions', () => {
  it.each([
    ['SubRip', srt],
    ['SubRip with CRLF', srt.replaceAll('\n', '\r\n')],
    ['SubRip with CR', srt.replaceAll('\n', '\r')],
    ['SubRip with a byte order mark', `\uFEFF${srt}`],
    ['SubRip without numbers and with full stops', srt.replaceAll(/^\d\n/gm, '').replaceAll(/,(?=\d{3})/g, '.')],
    ['SubRip out of order', srt.split('\n\n').toReversed().join('\n\n')],
    ['WebVTT', `WEBVTT\n\n${srt.replaceAll(/,(?=\d{3})/g, '.')}`],
    [
      'WebVTT without hours',
      'WEBVTT - a title\n\n00:01.000 --> 00:02.500\nGood morning.\n\n00:03.000 --> 00:04.000\nTwo\nlines.',
    ],
    [
      'WebVTT with comments, a style sheet and a region',
      `\uFEFFWEBVTT\nKind: captions\n\nSTYLE\n::cue { background: url(http://a.example) }\n\nREGION\nid:r\n\nNOTE\nby hand\n\n${srt.replaceAll(/,(?=\d{3})/g, '.')}\nNOTE the end`,
    ],
  ])('%s is read', (_, text) => {
    expect(parseCaptions(text)).toEqual(both);
  });

  it('comes out of WebVTT as it went in', () => {
    fc.assert(
      fc.property(fc.array(anyCue, { minLength: 1, maxLength: 20 }), (cues) => {
        const ordered = cues.toSorted((a, b) => a.startMs - b.startMs);
        expect(parseCaptions(writeWebVtt(cues))).toEqual(ordered);
      }),
    );
  });

  it('keeps where a cue stands, but for what only a style sheet explains', () => {
    const [cue] = parseCaptions(
      'WEBVTT\n\n00:01.000 --> 00:02.000 region:r line:0 align:start position:1e9% size:50%\nx',
    ) as Cue[];
    expect(cue?.settings).toBe('line:0 align:start size:50%');
  });

  it.each<[string, string, unknown]>([
    ['nothing', '', ['empty', undefined]],
    ['a header alone', 'WEBVTT\n\n', ['empty', undefined]],
    ['cues that show nothing', '1\n00:00:01,000 --> 00:00:02,000\n<b> </b>\n', ['empty', undefined]],
    ['another word at its head', 'WEBVTTX\n\n00:01.000 --> 00:02.000\nx', ['header', 1]],
    ['no times', '1\nGood morning.\n', ['timing', 2]],
    ['a stray line', `${srt}\nstray\n`, ['timing', 10]],
    ['a negative time', '1\n-00:00:01,000 --> 00:00:02,000\nx', ['timing', 2]],
    ['a minute of 61 seconds', '1\n00:00:61,000 --> 00:02:00,000\nx', ['timing', 2]],
    ['a comma in WebVTT', 'WEBVTT\n\n00:01,000 --> 00:02,000\nx', ['timing', 3]],
    ['a cue that ends before it starts', '1\n00:00:02,000 --> 00:00:01,000\nx', ['end-before-start', 2]],
    ['a cue of no length', 'WEBVTT\n\nname\n00:02.000 --> 00:02.000\nx', ['end-before-start', 4]],
    ['a book in one cue', `1\n00:00:01,000 --> 00:00:02,000\n${'x'.repeat(2001)}`, ['cue-too-long', 2]],
    ['more bytes than are taken', 'ä'.repeat(captionLimits.bytes / 2 + 1), ['too-large', undefined]],
    ['more cues than are taken', 'x\n\n'.repeat(captionLimits.cues + 1), ['too-many-cues', undefined]],
    ['a byte that was not understood', '1\n00:00:01,000 --> 00:00:02,000\nCaf\uFFFD', ['encoding', 3]],
    ['a null character', 'W\0E\0B\0', ['encoding', 1]],
  ])('with %s is refused, and says where', (_, text, fault) => {
    expect(faultOf(text)).toEqual(fault);
  });

  it('whatever it holds, is captions or a fault, soon', () => {
    const hostile = fc.array(
      fc.oneof(
        fc.constantFrom(
          'WEBVTT',
          '\n',
          '\n\n',
          '\r',
          '-->',
          '00:00:01.000 --> 00:00:02.000',
          '<',
          '>',
          '&',
          '{\\',
          'NOTE',
        ),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        const cues = parseCaptions(parts.join(''));
        if (cues instanceof CaptionFault) return;
        expect(parseCaptions(writeWebVtt(cues))).toEqual(cues);
      }),
    );
    for (const flood of ['<', '<b', '&', '&#', '{\\', '00:', '-->']) {
      const text = `WEBVTT\n\n00:01.000 --> 00:02.000\n${flood.repeat(100_000)}`;
      expect(parseCaptions(text)).toMatchObject({ code: 'cue-too-long' });
    }
  });
});

describe('bytes of captions', () => {
  it('are UTF-8, with a byte order mark or without', () => {
    expect(decodeCaptions(new TextEncoder().encode('\uFEFFnaïve'))).toBe('naïve');
    expect(decodeCaptions(new TextEncoder().encode('naïve'))).toBe('naïve');
  });

  it.each([
    ['Latin-1', bytes(0x43, 0x61, 0x66, 0xe9)],
    ['UTF-16', bytes(0xff, 0xfe, 0x31, 0x00)],
  ])('in %s are refused', (_, file) => {
    expect(decodeCaptions(file)).toMatchObject({ code: 'encoding', sentence: expect.stringContaining('UTF-8') });
  });
});

describe('cues on a title', () => {
  it('lie within it, moved to its own start, and are otherwise as they were', () => {
    fc.assert(
      fc.property(
        fc.array(anyCue, { maxLength: 20 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 1, max: 50 * 3_600_000 }),
        (cues, offsetMs, durationMs) => {
          const shown = fitted(cues, { offsetMs, durationMs });
          for (const { startMs, endMs } of shown) {
            expect(startMs).toBeGreaterThanOrEqual(0);
            expect(endMs).toBeGreaterThan(startMs);
            expect(endMs).toBeLessThanOrEqual(durationMs);
          }
          const whole = cues.filter((c) => c.startMs >= offsetMs && c.endMs - offsetMs <= durationMs);
          for (const cue of whole)
            expect(shown).toContainEqual({ ...cue, startMs: cue.startMs - offsetMs, endMs: cue.endMs - offsetMs });
          const outside = cues.filter((c) => c.endMs <= offsetMs || c.startMs - offsetMs >= durationMs);
          expect(shown).toHaveLength(cues.length - outside.length);
        },
      ),
    );
  });
});
