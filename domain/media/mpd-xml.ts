const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** What no XML document may have, escaped or not (XML 1.0 section 2.2). Labels come from files of strangers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Text as an attribute's value or an element's content. */
export const escaped = (text: string) => text.replaceAll(impossible, '').replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c);

export const indent = (lines: readonly string[], by: number) => lines.map((line) => ' '.repeat(by) + line);
