import { Chapter } from './metadata.ts';

/** Chapters begin at least this far apart. */
export const minChapterSeconds = 1;

/** Positions are told to the millisecond: sums of decimal fractions are not exact, whole milliseconds are. */
const millis = (seconds: number) => Math.round(seconds * 1000);

/** What is wrong with the chapter of this place in the list, from 0. */
export interface ChapterFault {
  readonly index: number;
  readonly sentence: string;
}

/**
 * Why chapters cannot be those of a video, or undefined: the first begins at 0, each at least a second after the one
 * before it, and none at the end or behind it, if it is known how long the video is.
 */
export function chapterFault(
  chapters: readonly Chapter[],
  durationSeconds: number | undefined,
): ChapterFault | undefined {
  for (const [index, { startSeconds }] of chapters.entries()) {
    const before = chapters[index - 1];
    if (before === undefined && startSeconds !== 0) return { index, sentence: 'The first chapter must begin at 0:00.' };
    if (before !== undefined && millis(startSeconds) - millis(before.startSeconds) < minChapterSeconds * 1000)
      return { index, sentence: 'A chapter must begin at least a second after the one before it.' };
    if (durationSeconds !== undefined && startSeconds >= durationSeconds)
      return { index, sentence: `A chapter must begin before the video ends, at ${formatStart(durationSeconds)}.` };
  }
  return undefined;
}

/** The chapters that begin before the end: an attempt may be shorter than what they were made for. */
export const chaptersWithin = (
  chapters: readonly Chapter[] | undefined,
  durationSeconds: number | undefined,
): Chapter[] =>
  (chapters ?? []).filter(({ startSeconds }) => durationSeconds === undefined || startSeconds < durationSeconds);

/** The chapter that is being watched at this position. */
export const chapterAt = <C extends Pick<Chapter, 'startSeconds'>>(
  chapters: readonly C[],
  seconds: number,
): C | undefined => chapters.findLast(({ startSeconds }) => startSeconds <= seconds);

/** After this long in a chapter, going back means its own beginning. */
const settledSeconds = 3;

/**
 * Where the next chapter begins, or (-1) the one before; shortly into a chapter that is another, later its own beginning.
 * Undefined where there is none.
 */
export function besideChapter(
  chapters: readonly Pick<Chapter, 'startSeconds'>[],
  seconds: number,
  by: 1 | -1,
): number | undefined {
  const starts = chapters.map(({ startSeconds }) => startSeconds);
  return by === 1
    ? starts.find((start) => start > seconds)
    : (starts.findLast((start) => start < seconds - settledSeconds) ?? starts[0]);
}

/** A position as people write it: 0:07, 12:34, 1:02:03, and 0:07.5 where it is no whole second. */
export function formatStart(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const whole = Math.floor(milliseconds / 1000);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = milliseconds % 1000;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return `${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}${fraction}`;
}

const clock = /^(?:(\d{1,3}):)?(\d{1,2}):([0-5]\d)(?:[.,](\d{1,3}))?$/;

/** The position that a text such as `1:02:03` names, in seconds; undefined if it is none. */
export function parseStart(text: string): number | undefined {
  const [found, h, m = '0', s = '0', fraction = ''] = clock.exec(text.trim()) ?? [];
  if (found === undefined || (h !== undefined && Number(m) > 59)) return undefined;
  return (Number(h ?? 0) * 3_600_000 + Number(m) * 60_000 + Number(s) * 1000 + Number(fraction.padEnd(3, '0'))) / 1000;
}

/** What may stand between a position and a title. */
const separator = /^[-–—|:]\s+/;

/** A line that is no chapter: its number, from 1, and what is wrong with it. */
export interface LineFault {
  readonly line: number;
  readonly sentence: string;
}

/** Chapters as lines of text, a position and a title each. Lines without anything are passed over. */
export function parseChapterLines(text: string): Chapter[] | LineFault {
  const chapters: Chapter[] = [];
  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries()) {
    if (whole.trim() === '') continue;
    const [, position = '', rest = ''] = /^\s*[([]?([\d:.,]+)[)\]]?\s*(.*)$/u.exec(whole) ?? [];
    const startSeconds = parseStart(position);
    const line = index + 1;
    if (startSeconds === undefined)
      return { line, sentence: `Line ${line} must begin with a time, such as 0:00 or 1:02:03.` };
    const chapter = Chapter.safeParse({ startSeconds, title: rest.replace(separator, '') });
    if (!chapter.success) return { line, sentence: `Line ${line} must have a title of at most 100 characters.` };
    chapters.push(chapter.data);
  }
  return chapters;
}

/** The same lines again: parsing them gives the same chapters. */
export const formatChapterLines = (chapters: readonly Chapter[]): string =>
  chapters
    .map(({ startSeconds, title }) => `${formatStart(startSeconds)} ${separator.test(title) ? `- ${title}` : title}`)
    .join('\n');
