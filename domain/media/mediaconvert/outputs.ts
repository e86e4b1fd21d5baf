import { isAsMade } from '../colors.ts';
import { type AudioTrack, audioSampleRate, type Plan, type PlannedRung } from '../plan.ts';
import { selectorName } from './input.ts';

/** The rendition group of all sound, as in our own playlists. */
const audioGroup = 'audio';

/** Quality as QVBR counts it, 1 to 10: under the rung's cap what `crf 23` is to our own encoder. */
const qvbrQualityLevel = 8;

/** H.264 levels of the ladder by MediaConvert's names: `4.0` is LEVEL_4. */
const levels = {
  '3.0': 'LEVEL_3',
  '3.1': 'LEVEL_3_1',
  '4.0': 'LEVEL_4',
  '5.0': 'LEVEL_5',
  '5.1': 'LEVEL_5_1',
} as const;

/** @throws Error for a level that the ladder does not have. */
function levelOf({ level }: PlannedRung) {
  const name = Object.entries(levels).find(([number]) => number === level)?.[1];
  if (name === undefined) throw new Error(`the ladder has no level ${level}`);
  return name;
}

/** Neither markers nor metadata of the source become events in the stream. */
const withoutEvents = { TimedMetadata: 'NONE', Scte35Source: 'NONE', Scte35Esam: 'NONE', KlvMetadata: 'NONE' } as const;

/**
 * H.264 as the ladder has it: QVBR under the rung's cap, over a buffer of one second that is half full at the start; closed GOPs
 * of exactly one segment, with no other key frames; the title's rate as a fraction.
 */
const h264 = (plan: Plan, rung: PlannedRung) =>
  ({
    CodecProfile: 'HIGH',
    CodecLevel: levelOf(rung),
    RateControlMode: 'QVBR',
    QvbrSettings: { QvbrQualityLevel: qvbrQualityLevel },
    MaxBitrate: rung.maxrateBps,
    HrdBufferSize: rung.maxrateBps,
    HrdBufferInitialFillPercentage: 50,
    QualityTuningLevel: 'SINGLE_PASS_HQ',
    GopSizeUnits: 'FRAMES',
    GopSize: plan.framesPerSegment,
    GopClosedCadence: 1,
    MinIInterval: 0,
    SceneChangeDetect: 'DISABLED',
    FramerateControl: 'SPECIFIED',
    FramerateNumerator: plan.rate.num,
    FramerateDenominator: plan.rate.den,
    FramerateConversionAlgorithm: 'DUPLICATE_DROP',
    InterlaceMode: 'PROGRESSIVE',
    ParControl: 'SPECIFIED',
    ParNumerator: 1,
    ParDenominator: 1,
    EntropyEncoding: 'CABAC',
  }) as const;

/** What is done to pictures that are not progressive BT.709 of limited range already. */
function preprocessors({ colors, interlaced }: Plan['video']) {
  if (isAsMade(colors) && !interlaced) return undefined;
  return {
    ...(interlaced && {
      Deinterlacer: { Mode: 'DEINTERLACE', Algorithm: 'INTERPOLATE', Control: 'NORMAL' } as const,
    }),
    ...(!isAsMade(colors) && {
      ColorCorrector: {
        ColorSpaceConversion: 'FORCE_709',
        SampleRangeConversion: colors.fullRange ? 'LIMITED_RANGE_SQUEEZE' : 'NONE',
        ...(colors.transfer !== 'sdr' && { HdrToSdrToneMapper: 'PRESERVE_DETAILS' as const }),
      } as const,
    }),
  };
}

/** A rung. Its size is the plan's, which has the source's proportions but for rounding to even: nothing is padded. */
export function videoOutput(plan: Plan, rung: PlannedRung) {
  const VideoPreprocessors = preprocessors(plan.video);
  return {
    NameModifier: `_${rung.name}`,
    ContainerSettings: {
      Container: 'CMFC',
      CmfcSettings: {
        ...withoutEvents,
        IFrameOnlyManifest: 'EXCLUDE',
        ...(plan.audio.length > 0 && { AudioRenditionSets: audioGroup }),
      },
    },
    VideoDescription: {
      Width: rung.width,
      Height: rung.height,
      ScalingBehavior: 'STRETCH_TO_OUTPUT',
      TimecodeInsertion: 'DISABLED',
      ColorMetadata: 'INSERT',
      AfdSignaling: 'NONE',
      RespondToAfd: 'NONE',
      ...(VideoPreprocessors && { VideoPreprocessors }),
      CodecSettings: { Codec: 'H_264', H264Settings: h264(plan, rung) },
    },
  } as const;
}

/** MediaConvert takes letters, digits, underscores and spaces for a name of sound. */
const isName = (label: string) => /^[\w ]+$/.test(label);

function audioDescription(plan: Plan, track: AudioTrack, index: number) {
  const isUnique = plan.audio.filter(({ label }) => label === track.label).length === 1;
  return {
    AudioSourceName: selectorName(track.name),
    StreamName: isUnique && isName(track.label) ? track.label : `Audio ${index + 1}`,
    LanguageCodeControl: track.language === undefined ? 'FOLLOW_INPUT' : 'USE_CONFIGURED',
    ...(track.language !== undefined && { CustomLanguageCode: track.language }),
    AudioTypeControl: 'FOLLOW_INPUT',
    CodecSettings: {
      Codec: 'AAC',
      AacSettings: {
        CodecProfile: 'LC',
        RateControlMode: 'CBR',
        Bitrate: track.bitrateBps,
        SampleRate: audioSampleRate,
        CodingMode: track.channels === 1 ? 'CODING_MODE_1_0' : 'CODING_MODE_2_0',
        Specification: 'MPEG4',
      },
    },
  } as const;
}

/** An audio rendition, as long as the picture, within one AAC frame. */
export function audioOutput(plan: Plan, track: AudioTrack, index: number) {
  const AudioDescriptions = [audioDescription(plan, track, index)];
  return {
    NameModifier: `_${track.name}`,
    ContainerSettings: {
      Container: 'CMFC',
      CmfcSettings: {
        ...withoutEvents,
        AudioGroupId: audioGroup,
        AudioTrackType: index === 0 ? 'ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT' : 'ALTERNATE_AUDIO_AUTO_SELECT',
        AudioDuration: 'MATCH_VIDEO_DURATION',
      },
    },
    AudioDescriptions,
  } as const;
}
