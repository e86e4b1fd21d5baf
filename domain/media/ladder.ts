import * as z from 'zod';

/**
 * The platform's ladder: capped video bit rates (bit/s) at 24 to 30 frames a second, and the lowest H.264 level
 * (ISO/IEC 14496-10 Annex A) that holds picture, rate and buffer. A rung is the box its picture fits in.
 */
const ladder = [
  { lines: 360, maxrateBps: 1_000_000, level: '3.0' },
  { lines: 480, maxrateBps: 2_500_000, level: '3.1' },
  { lines: 720, maxrateBps: 5_000_000, level: '3.1' },
  { lines: 1080, maxrateBps: 8_000_000, level: '4.0' },
  { lines: 1440, maxrateBps: 16_000_000, level: '5.0' },
  { lines: 2160, maxrateBps: 40_000_000, level: '5.1' },
] as const;

export const Rung = z.object({
  /** `1080p`; of a source smaller than the ladder, its own short side: `240p`. */
  name: z.string().regex(/^\d+p$/),
  width: z.int().positive(),
  height: z.int().positive(),
  maxrateBps: z.int().positive(),
  level: z.string(),
  /** RFC 6381 codec string. */
  codec: z.string(),
});
export type Rung = z.infer<typeof Rung>;

/** Width and height as shown: pixels square, rotation applied. May be fractional. */
export interface Picture {
  readonly width: number;
  readonly height: number;
}

/** avc1.PPCCLL of High profile without constraints (RFC 6381, ISO/IEC 14496-15). */
const avcCodec = (level: string) =>
  `avc1.6400${Math.round(Number(level) * 10)
    .toString(16)
    .padStart(2, '0')}`;

const even = (length: number) => Math.max(2, 2 * Math.round(length / 2));

/** How much larger than its source a picture may come out: room for rounding to even sizes, nothing more. */
const roundingSlack = 1.005;

/**
 * The rungs of a picture, lowest first, never upscaled. A landscape rung fits 16:9 of its lines, a portrait rung the
 * same box on its side, so that a 1920×800 film is a 1080p title and a 1080×1920 phone clip is one too.
 */
export function rungsOf(picture: Picture): [Rung, ...Rung[]] {
  const portrait = picture.height > picture.width;
  const fit = (lines: number) => {
    const long = (lines * 16) / 9;
    return Math.min((portrait ? lines : long) / picture.width, (portrait ? long : lines) / picture.height);
  };
  const [lowest, ...higher] = ladder;
  const made = (rung: (typeof ladder)[number], name: string, scale: number): Rung => ({
    name,
    width: even(picture.width * scale),
    height: even(picture.height * scale),
    maxrateBps: rung.maxrateBps,
    level: rung.level,
    codec: avcCodec(rung.level),
  });
  const small = fit(lowest.lines) > roundingSlack;
  const first = small
    ? made(lowest, `${even(Math.min(picture.width, picture.height))}p`, 1)
    : made(lowest, `${lowest.lines}p`, Math.min(1, fit(lowest.lines)));
  const rest = higher
    .filter((rung) => fit(rung.lines) <= roundingSlack)
    .map((rung) => made(rung, `${rung.lines}p`, Math.min(1, fit(rung.lines))));
  return [first, ...rest];
}
