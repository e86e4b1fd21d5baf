import * as z from 'zod';
import { Line } from '../../text.ts';

/** Tracks of one video, whoever made them: what a menu can show. */
export const maxCaptionTracks = 50;

/** `captions` also tell sounds, for those who cannot hear; `forced`: only what is foreign to everybody who watches. */
export const CaptionKind = z.enum(['subtitles', 'captions', 'forced']);
export type CaptionKind = z.infer<typeof CaptionKind>;

/** What every implementation must take (RFC 5646, section 4.4.1); some registered tags come near it. */
const maxTagLength = 35;

/**
 * BCP 47 in its canonical form, of language, script, region and variants: what is private or extends a tag names no other
 * language, and has no name of its own. Undefined if it is no language tag.
 */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    const { baseName } = new Intl.Locale(tag);
    return baseName.length > maxTagLength ? undefined : baseName;
  } catch {
    return undefined;
  }
}

/** A language tag (BCP 47, RFC 5646 section 2.1), of any case. `und` where nobody knows. */
export const LanguageTag = z
  .string()
  .min(2)
  .max(maxTagLength)
  .refine((tag) => canonicalLanguage(tag) !== undefined, 'must be a language tag of BCP 47, as "en" or "pt-BR"');

/** A track's name within its video: `en-subtitles`, `embedded-1`. */
export const CaptionName = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be of small letters and digits, with single hyphens between');

export const maxLabelLength = 100;
export const CaptionLabel = Line(maxLabelLength);

/** One text track of a video. Its cues are an immutable object named by their own digest: other cues are another object. */
export const Caption = z.object({
  name: CaptionName,
  /** BCP 47. */
  language: z.string(),
  kind: CaptionKind,
  label: z.string(),
  origin: z.enum(['uploaded', 'embedded']),
  /** The run that found it in its source; of an embedded one. */
  attempt: z.int().positive().optional(),
  /** The digest. */
  digest: z.string().regex(/^[0-9a-f]{32}$/),
  sizeBytes: z.int().positive(),
  cues: z.int().positive(),
  /** Milliseconds since the epoch. */
  updatedAt: z.int().nonnegative(),
});
export type Caption = z.infer<typeof Caption>;

const kindWords: Readonly<Record<CaptionKind, string>> = { subtitles: '', captions: 'captions', forced: 'forced' };

/** A track's label: the given one; else its language in its own words, and what is special about it. */
export function captionLabel(given: string | undefined, language: string, kind: CaptionKind): string {
  if (given !== undefined) return given;
  const own =
    language === 'und' ? 'Unknown' : (new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language);
  return kindWords[kind] === '' ? own : `${own} (${kindWords[kind]})`;
}

/** The tracks of one run: uploaded ones stay from run to run, embedded ones are those that this run has found. */
export const captionsOfRun = (captions: readonly Caption[] | undefined, attempt: number): Caption[] =>
  (captions ?? []).filter((caption) => caption.origin === 'uploaded' || caption.attempt === attempt);

/** The tracks with `caption` in place of the one of its name, or behind the others. */
export const withCaption = (captions: readonly Caption[], caption: Caption): Caption[] =>
  captions.some(({ name }) => name === caption.name)
    ? captions.map((other) => (other.name === caption.name ? caption : other))
    : [...captions, caption];

/**
 * The tracks once a run has looked for those in its source: its own replace those of earlier runs, and none takes the place
 * of an uploaded one of its name.
 */
export function withEmbedded(captions: readonly Caption[] | undefined, found: readonly Caption[]): Caption[] {
  const uploaded = (captions ?? []).filter(({ origin }) => origin === 'uploaded');
  const taken = new Set(uploaded.map(({ name }) => name));
  return [...uploaded, ...found.filter(({ name }) => !taken.has(name))].slice(0, maxCaptionTracks);
}
