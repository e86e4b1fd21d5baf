import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  besideChapter,
  chapterAt,
  chapterFault,
  chaptersWithin,
  formatChapterLines,
  formatStart,
  parseChapterLines,
  parseStart,
} from '../../../../domain/video/chapters.ts';
import { Chapter } from '../../../../domain/video/metadata.ts';

const title = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
  .filter((text) => Chapter.shape.title.safeParse(text).success)
  .map((text) => Chapter.shape.title.parse(text));
const start = fc.integer({ min: 0, max: 86_400_000 }).map((ms) => ms / 1000);
/** Chapters that any video of this length may have. */
const chapters = fc.array(fc.tuple(fc.integer({ min: 1000, max: 600_000 }), title), { maxLength: 40 }).map((steps) => {
  let at = 0;
  return steps.map(([ms, title], index) => {
    at += index === 0 ? 0 : ms;
    return { startSeconds: at / 1000, title };
  });
});

describe('positions as people write them', () => {
  it.each([
    ['0:00', 0],
    ['1:02', 62],
    ['12:34.5', 754.5],
    ['1:02:03', 3723],
    ['90:00', 5400],
  ])('%s is %d s', (text, seconds) => expect(parseStart(text)).toBe(seconds));

  it.each(['', '5', '1:2', '0:60', '1:60:00', '-0:05', '1:00:00:00', 'x'])('%j is none', (text) =>
    expect(parseStart(text)).toBeUndefined(),
  );

  it('are read as they are written', () => {
    fc.assert(
      fc.property(start, (seconds) => {
        expect(parseStart(formatStart(seconds))).toBe(seconds);
      }),
    );
  });
});

describe('chapters as lines', () => {
  it('are read as they are written', () => {
    fc.assert(
      fc.property(chapters, (list) => {
        expect(parseChapterLines(formatChapterLines(list))).toEqual(list);
      }),
    );
  });

  it('are taken as people write them', () => {
    expect(parseChapterLines('\n0:00 Intro\r\n(1:00) - The sea\n  [1:02:03]: Home\n')).toEqual([
      { startSeconds: 0, title: 'Intro' },
      { startSeconds: 60, title: 'The sea' },
      { startSeconds: 3723, title: 'Home' },
    ]);
  });

  it.each([
    ['0:00 Intro\nlater: x', 2],
    ['\n\n0:00', 3],
    [`0:00 ${'x'.repeat(101)}`, 1],
  ])('%j is wrong in its line %d', (text, line) => expect(parseChapterLines(text)).toMatchObject({ line }));
});

describe('the rule', () => {
  it('is exact where sums of decimal fractions are not', () => {
    const at = (startSeconds: number) => ({ startSeconds, title: '!' });
    expect(2.014 - 1.014).toBeLessThan(1);
    expect(chapterFault([at(0), at(1.014), at(2.014)], undefined)).toBeUndefined();
    expect(chapterFault([at(0), at(1.014), at(2.013)], undefined)).toMatchObject({ index: 2 });
  });

  it('takes chapters that rise from 0 and end before the video does', () => {
    fc.assert(
      fc.property(chapters, (list) => {
        const end = (list.at(-1)?.startSeconds ?? 0) + 1;
        expect(chapterFault(list, end)).toBeUndefined();
        expect(chapterFault(list, undefined)).toBeUndefined();
      }),
    );
  });

  it('names the first one that is out of place', () => {
    fc.assert(
      fc.property(chapters, fc.nat(), fc.integer({ min: 0, max: 999 }), (list, pick, ms) => {
        const index = list.length === 0 ? 0 : pick % list.length;
        const before = list[index - 1]?.startSeconds;
        const wrong = before === undefined ? ms / 1000 + 0.001 : Math.max(0, before + ms / 1000);
        const moved = list.toSpliced(index, 1, { startSeconds: wrong, title: 'x' });
        expect(chapterFault(moved, undefined)).toMatchObject({ index });
      }),
    );
  });

  it('refuses one at the end or behind it, which a shorter attempt leaves out', () => {
    const list = [
      { startSeconds: 0, title: 'a' },
      { startSeconds: 10, title: 'b' },
    ];
    expect(chapterFault(list, 10)).toMatchObject({ index: 1 });
    expect(chaptersWithin(list, 10)).toEqual(list.slice(0, 1));
    expect(chaptersWithin(list, undefined)).toEqual(list);
  });
});

it('each moment of a video is in the chapter that began last', () => {
  fc.assert(
    fc.property(chapters, start, (list, seconds) => {
      const begun = list.filter(({ startSeconds }) => startSeconds <= seconds);
      expect(chapterAt(list, seconds)).toBe(begun.at(-1));
    }),
  );
});

it('going on and back ends at the last chapter and the first, and back means the beginning of one well under way', () => {
  const list = [0, 10, 20].map((startSeconds) => ({ startSeconds }));
  expect([0, 9, 10, 25].map((at) => besideChapter(list, at, 1))).toEqual([10, 10, 20, undefined]);
  expect([0, 1, 11, 14, 21, 30].map((at) => besideChapter(list, at, -1))).toEqual([0, 0, 0, 10, 10, 20]);
  expect(besideChapter([], 5, -1)).toBeUndefined();
});
