import * as z from 'zod';

/** How the numbers of a picture are colors (ITU-T H.273). Everything is made in BT.709, limited range. */
export const Colors = z.object({
  /** `pq` and `hlg` are high dynamic range: tone-mapped. */
  transfer: z.enum(['sdr', 'pq', 'hlg']),
  /** BT.601 has two sets of primaries, of 525 and of 625 lines. */
  system: z.enum(['bt709', 'bt601-525', 'bt601-625', 'bt2020']),
  fullRange: z.boolean(),
  /** The source says which matrix its numbers are of: else the system is a guess by its size. Plans of before do not know. */
  isTold: z.boolean().optional(),
});
export type Colors = z.infer<typeof Colors>;

/** What ffprobe says of a stream's colors; anything may be missing or `unknown`. */
export interface ColorTags {
  readonly color_transfer?: string | undefined;
  readonly color_space?: string | undefined;
  readonly color_primaries?: string | undefined;
  readonly color_range?: string | undefined;
  readonly pix_fmt?: string | undefined;
  readonly height?: number | undefined;
}

/** Lines from which an untagged picture is taken for high definition. */
const highDefinitionLines = 700;

/** The colors of a stream. What has no tags is BT.709 if it is of high definition, else BT.601 of its number of lines. */
export function colorsOf(tags: ColorTags): Colors {
  const transfer = tags.color_transfer === 'smpte2084' ? 'pq' : tags.color_transfer === 'arib-std-b67' ? 'hlg' : 'sdr';
  return {
    transfer,
    system: systemOf(tags),
    fullRange: tags.color_range === 'pc' || /^yuvj/.test(tags.pix_fmt ?? ''),
    isTold: !isUnknown(tags.color_space),
  };
}

function systemOf({ color_space: matrix, color_primaries: primaries, height = 0 }: ColorTags): Colors['system'] {
  if (matrix?.startsWith('bt2020') || (isUnknown(matrix) && primaries === 'bt2020')) return 'bt2020';
  if (matrix === 'bt470bg') return primaries === 'smpte170m' ? 'bt601-525' : 'bt601-625';
  if (matrix === 'smpte170m') return primaries === 'bt470bg' ? 'bt601-625' : 'bt601-525';
  if (!isUnknown(matrix) || height >= highDefinitionLines) return 'bt709';
  return height > 500 ? 'bt601-625' : 'bt601-525';
}

const isUnknown = (tag: string | undefined) => tag === undefined || tag === 'unknown' || tag === 'unspecified';

/** Whether the numbers are those of a rung as they are. */
export const isAsMade = ({ transfer, system, fullRange }: Colors): boolean =>
  transfer === 'sdr' && system === 'bt709' && !fullRange;
