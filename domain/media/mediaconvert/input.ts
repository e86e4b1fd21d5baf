import type { Colors } from '../colors.ts';
import type { Plan } from '../plan.ts';

/** MediaConvert's names of color spaces. It has none for BT.2020 in standard range, of which it follows the tags. */
function colorSpace({ transfer, system }: Colors) {
  if (transfer === 'pq') return 'HDR10';
  if (transfer === 'hlg') return 'HLG_2020';
  if (system === 'bt2020') return 'FOLLOW';
  return system === 'bt709' ? 'REC_709' : 'REC_601';
}

/** The selector of audio rendition `name`: what outputs refer to. */
export const selectorName = (name: string): string => `Selector ${name}`;

/**
 * The source as MediaConvert reads it. Not clipped: a clip ends at a timecode, and one that the input does not reach fails the
 * job. Sound is brought to the picture's length at the output instead.
 */
export function jobInput(plan: Plan, uploadsBucket: string) {
  const { colors } = plan.video;
  return {
    FileInput: `s3://${uploadsBucket}/${plan.sourceKey}`,
    TimecodeSource: 'ZEROBASED',
    VideoSelector: {
      Rotate: 'AUTO',
      // Tags go first and the plan's guess is for what has none, as on our own workers.
      ColorSpace: colorSpace(colors),
      ColorSpaceUsage: 'FALLBACK',
      SampleRange: colors.fullRange ? 'FULL_RANGE' : 'LIMITED_RANGE',
      PadVideo: 'DISABLED',
    },
    AudioSelectors: Object.fromEntries(
      plan.audio.map(({ name }, i) => {
        // Tracks are counted from 1, those with sound only.
        const Tracks = [i + 1];
        return [selectorName(name), { SelectorType: 'TRACK', Tracks, DefaultSelection: 'NOT_DEFAULT' } as const];
      }),
    ),
  } as const;
}
