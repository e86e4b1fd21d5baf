/** Tags of WebVTT cue text that stay (W3C WebVTT section 4.2.2). Classes and times of karaoke go: they need a style sheet. */
const kept = /^(b|i|u|ruby|rt|v|lang)(?=[.\s]|$)/i;
/** Named character references of WebVTT. */
const references = new Set(['&amp;', '&lt;', '&gt;', '&nbsp;', '&lrm;', '&rlm;']);
/** A tag, a reference, text, or a sign that begins neither. */
const tokens = /<(\/?)([^<>]*)>|&#?\w+;|[^<&]+|[<&]/g;
/** What can be meant as a tag; `a < b > c` is not. */
const tagLike = /^([a-z]|[\d:.]+$|$)/i;
/** Overrides of Advanced SubStation Alpha, which strays into SubRip: `{\an8}`. */
const overrides = /\{\\[^{}\n]*\}/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const controls = /[\u0000-\u0008\u000B-\u001F\u007F]/g;

/** Tags within one another: more than anybody needs, and few enough to look through at each end tag. */
const maxDepth = 16;

const escaped = (text: string) =>
  text.replaceAll(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

/** A character reference as WebVTT has it; what is none is text. */
function reference(token: string): string {
  if (references.has(token)) return token;
  const [, hex, decimal] = /^&#(?:x([0-9a-f]{1,6})|(\d{1,7}));$/i.exec(token) ?? [];
  const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
  const isCharacter = code >= 0x20 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) && code !== 0x7f;
  return escaped(isCharacter ? String.fromCodePoint(code) : token);
}

/** An opening tag in its one form; undefined for one that does not stay. */
function opening(name: string, rest: string): string | undefined {
  if (name !== 'v' && name !== 'lang') return `<${name}>`;
  const annotation = rest
    .replace(/^\S*/, '')
    .replaceAll(/[&\s]+/g, ' ')
    .trim();
  if (annotation === '' || (name === 'lang' && !/^[A-Za-z0-9-]{2,35}$/.test(annotation))) return undefined;
  return `<${name} ${annotation}>`;
}

/**
 * A cue's text of SubRip or WebVTT as WebVTT cue text: the tags that a player can show, each closed, and all else either
 * text or gone. Nothing in it is markup of HTML. Lines stay; empty ones do not.
 */
export function cleanMarkup(raw: string): string {
  const open: string[] = [];
  let clean = '';
  for (const [token, slash, inner] of raw.replaceAll(controls, '').replaceAll(overrides, '').matchAll(tokens)) {
    if (inner !== undefined && tagLike.test(inner)) {
      const name = kept.exec(inner)?.[1]?.toLowerCase();
      if (name === undefined) continue;
      const tag = slash ? undefined : opening(name, inner.slice(name.length));
      if (tag !== undefined && open.length < maxDepth) {
        open.push(name);
        clean += tag;
      }
      // Whatever was opened within it and not closed ends with it.
      if (slash && open.includes(name)) {
        for (let last: string | undefined; last !== name; ) {
          last = open.pop();
          clean += `</${last}>`;
        }
      }
    } else clean += token.startsWith('&') && token.length > 1 ? reference(token) : escaped(token);
  }
  clean += open
    .toReversed()
    .map((name) => `</${name}>`)
    .join('');
  const lines = clean.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join('\n');
}

/** Whether a cue's clean text shows nothing. */
export const isBlank = (clean: string): boolean => clean.replaceAll(/<[^<>]*>/g, '').trim() === '';
