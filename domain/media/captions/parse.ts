import { type Cue, inOrder } from './cues.ts';
import { cleanMarkup, isBlank } from './markup.ts';

/** What is taken: ten hours of dense speech are less. JSON's escapes of it stay below what a request may have. */
export const captionLimits = { bytes: 800_000, cues: 20_000, cueCharacters: 2_000 } as const;

export type CaptionFaultCode =
  | 'encoding'
  | 'too-large'
  | 'header'
  | 'timing'
  | 'end-before-start'
  | 'cue-too-long'
  | 'too-many-cues'
  | 'empty';

/** Why a file is no captions, for the person who has it. */
export class CaptionFault {
  readonly code: CaptionFaultCode;
  readonly sentence: string;
  /** From 1; absent where the file as a whole is at fault. */
  readonly line: number | undefined;
  constructor(code: CaptionFaultCode, sentence: string, line?: number) {
    this.code = code;
    this.sentence = line === undefined ? sentence : `Line ${line}: ${sentence}`;
    this.line = line;
  }
}

const notUtf8 = 'The file is not in UTF-8. Save it with the encoding UTF-8 and try again.';

/** The text of a file, which must be UTF-8, with a byte order mark or without. */
export function decodeCaptions(bytes: Uint8Array): string | CaptionFault {
  if (bytes.length > captionLimits.bytes) return tooLarge;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new CaptionFault('encoding', notUtf8);
  }
}

const tooLarge = new CaptionFault('too-large', `The file is larger than ${captionLimits.bytes / 1000} kB.`);

/** Lines between two empty ones, and where they stand. */
interface Block {
  readonly line: number;
  readonly lines: readonly string[];
}

function blocksOf(lines: readonly string[], isEmpty: (line: string) => boolean): Block[] {
  const blocks: { line: number; lines: string[] }[] = [];
  let open: { line: number; lines: string[] } | undefined;
  lines.forEach((text, i) => {
    if (isEmpty(text)) open = undefined;
    else if (open) open.lines.push(text);
    else {
      open = { line: i + 1, lines: [text] };
      blocks.push(open);
    }
  });
  return blocks;
}

const timings = {
  /** Hours may be left out (W3C WebVTT section 4.1). */
  webvtt:
    /^(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})\s*-->\s*(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?:\s+(.*))?$/,
  /** What stands behind the times is a place in pixels of a picture that nobody knows. */
  subrip: /^\s*(\d{1,3}):([0-5]\d):([0-5]\d)[,.](\d{3})\s*-->\s*(\d{1,3}):([0-5]\d):([0-5]\d)[,.](\d{3})(?:\s+.*)?$/,
} as const;

const wanted = {
  webvtt: 'expected a cue’s times, as “00:01:02.500 --> 00:01:04.000”.',
  subrip: 'expected a cue’s times, as “00:01:02,500 --> 00:01:04,000”.',
} as const;

const milliseconds = (hours = '0', minutes = '0', seconds = '0', ms = '0') =>
  ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);

/** Cue settings that place a cue (W3C WebVTT section 4.4); regions and what is malformed go. */
const setting =
  /^(vertical:(rl|lr)|line:-?\d{1,4}(\.\d{1,4})?%?(,(start|center|end))?|position:\d{1,3}(\.\d{1,4})?%(,(line-left|center|line-right))?|size:\d{1,3}(\.\d{1,4})?%|align:(start|center|end|left|right))$/;

const cleanSettings = (text = '') =>
  text
    .split(/\s+/)
    .filter((word) => setting.test(word))
    .join(' ');

function cueOf({ line, lines }: Block, format: keyof typeof timings): Cue | CaptionFault {
  // A cue may have a name, or a number, before its times.
  const at = lines[0]?.includes('-->') ? 0 : 1;
  const found = timings[format].exec(lines[at] ?? '');
  if (found === null) return new CaptionFault('timing', wanted[format], line + Math.min(at, lines.length - 1));
  const [, h1, m1, s1, ms1, h2, m2, s2, ms2, settings] = found;
  const startMs = milliseconds(h1, m1, s1, ms1);
  const endMs = milliseconds(h2, m2, s2, ms2);
  if (endMs <= startMs) return new CaptionFault('end-before-start', 'the cue ends before it starts.', line + at);
  const text = cleanMarkup(lines.slice(at + 1).join('\n'));
  if (text.length > captionLimits.cueCharacters) {
    const sentence = `the cue has more than ${captionLimits.cueCharacters} characters.`;
    return new CaptionFault('cue-too-long', sentence, line + at);
  }
  return { startMs, endMs, settings: cleanSettings(settings), text };
}

/**
 * The cues of a SubRip or WebVTT file, in order of their starts, with clean markup. Comments, style sheets, regions and
 * cues that show nothing go. Cues may overlap; one that ends before it starts, and anything that is neither cue nor comment,
 * is a fault with its line.
 */
export function parseCaptions(text: string): Cue[] | CaptionFault {
  if (new TextEncoder().encode(text).length > captionLimits.bytes) return tooLarge;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  // What a decoder writes for bytes that it does not understand; and what UTF-16 looks like when read as UTF-8.
  const garbled = lines.findIndex((line) => /[\0\uFFFD]/.test(line));
  if (garbled >= 0) return new CaptionFault('encoding', notUtf8, garbled + 1);
  const isWebVtt = lines[0]?.startsWith('WEBVTT') ?? false;
  if (isWebVtt && !/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? ''))
    return new CaptionFault('header', 'the first line of WebVTT is “WEBVTT”, alone or with a space behind it.', 1);
  const format = isWebVtt ? 'webvtt' : 'subrip';
  const blocks = isWebVtt
    ? blocksOf(lines, (line) => line === '')
        .slice(1)
        .filter((block) => !/^(NOTE|STYLE|REGION)(?:[ \t]|$)/.test(block.lines[0] ?? ''))
    : blocksOf(lines, (line) => line.trim() === '');
  if (blocks.length > captionLimits.cues)
    return new CaptionFault('too-many-cues', `The file has more than ${captionLimits.cues} cues.`);
  const cues: Cue[] = [];
  for (const block of blocks) {
    const cue = cueOf(block, format);
    if (cue instanceof CaptionFault) return cue;
    if (!isBlank(cue.text)) cues.push(cue);
  }
  return cues.length > 0 ? inOrder(cues) : new CaptionFault('empty', 'The file has no cues.');
}
