import * as z from 'zod';

/**
 * What people write, as it is kept: it is shown beside the words of others, in pages, manifests and terminals, and must not
 * reach beyond its own place there.
 */

/** Embeddings, overrides and isolates (UAX #9, section 2): they turn around what stands beside them, and `gpj.exe` into `exe.jpg`. */
const reordering = /[\u202A-\u202E\u2066-\u2069]/g;
const lineBreaks = /\r\n?|[\u2028\u2029]/g;
const exceptBreaks = /[^\P{Cc}\n\t]/gu;
const visible = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A text of several lines, in the one form that equal texts share (NFC), without what controls a terminal or turns text around. */
export const plainText = (text: string): string =>
  text.replaceAll(lineBreaks, '\n').replaceAll(exceptBreaks, '').replaceAll(reordering, '').normalize('NFC').trim();

/** The same of a text that is one line. */
export const plainLine = (text: string): string => plainText(text).replaceAll(/[\n\t]+/g, ' ');

/** Whether anything of a text can be seen: a name of spaces that have no width looks like no name. */
export const isVisible = (text: string): boolean => visible.test(text);

/** The beginning of a text, at most `length` UTF-16 code units: no half of a surrogate pair, which nothing can keep. */
export const shortened = (text: string, length: number): string =>
  text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();

const unseen = 'must have something that can be seen';

/** A text of up to `max` UTF-16 code units, as it is sent and as it is kept, that may have several lines, or none. */
export const Paragraphs = (max: number) => z.string().max(max).overwrite(plainText).max(max);
/** The same that says something. */
export const SomeParagraphs = (max: number) => Paragraphs(max).min(1).refine(isVisible, unseen);
/** One line that says something. */
export const Line = (max: number) => z.string().max(max).overwrite(plainLine).min(1).max(max).refine(isVisible, unseen);
