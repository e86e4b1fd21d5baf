import { parseStart } from '../../../domain/video/chapters.ts';

/** A stretch of a text: words, the address of a page, or a place in the video that it tells of. */
export interface Stretch {
  readonly text: string;
  readonly href?: string;
  /** The place, in seconds. */
  readonly seconds?: number;
}

const address = /\bhttps?:\/\/[^\s<>"]+/gi;
/** A position as people write it; not within a longer number, a ratio or a date. */
const position = /(?<![\w:.,/-])\d{1,3}:\d{2}(?::\d{2})?(?![\d:]|[.,/-]\d)/g;
/** What ends a sentence, not an address; a closing bracket only where none is opened in it. */
const trailing = /[.,;:!?'"”’*]+$/;

/** A text with the addresses and places in it told apart. Only http and https: nothing that a script could be. */
export function linkedText(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    let shown = found.replace(trailing, '');
    while (shown.endsWith(')') && shown.split(')').length > shown.split('(').length)
      shown = shown.slice(0, -1).replace(trailing, '');
    const href = URL.canParse(shown) ? new URL(shown).href : undefined;
    if (href === undefined) continue;
    stretches.push(...placesIn(text.slice(from, index)), { text: shown, href });
    from = index + shown.length;
  }
  return [...stretches, ...placesIn(text.slice(from))];
}

function placesIn(words: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  const push = (stretch: Stretch) => stretch.text !== '' && stretches.push(stretch);
  for (const { 0: text, index } of words.matchAll(position)) {
    const seconds = parseStart(text);
    if (seconds === undefined) continue;
    push({ text: words.slice(from, index) });
    push({ text, seconds });
    from = index + text.length;
  }
  push({ text: words.slice(from) });
  return stretches;
}
