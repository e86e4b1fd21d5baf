/** A stretch of a text: words, or the address of a page. */
export interface Stretch {
  readonly text: string;
  readonly href?: string;
}

const address = /\bhttps?:\/\/[^\s<>"]+/gi;
/** What ends a sentence, not an address; a closing bracket only where none is opened in it. */
const trailing = /[.,;:!?'"”’*]+$/;

/** A text with the addresses in it told apart. Only http and https: nothing that a script could be. */
export function linkedText(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  const words = (to: number) => {
    if (to > from) stretches.push({ text: text.slice(from, to) });
  };
  for (const { 0: found, index } of text.matchAll(address)) {
    let shown = found.replace(trailing, '');
    while (shown.endsWith(')') && shown.split(')').length > shown.split('(').length)
      shown = shown.slice(0, -1).replace(trailing, '');
    const href = URL.canParse(shown) ? new URL(shown).href : undefined;
    if (href === undefined) continue;
    words(index);
    stretches.push({ text: shown, href });
    from = index + shown.length;
  }
  words(text.length);
  return stretches;
}
