import * as z from 'zod';
import { isVisible, plainLine, shortened } from '../text.ts';
import { type CaptionKind, canonicalLanguage, maxLabelLength } from './captions/captions.ts';
import { type Colors, colorsOf } from './colors.ts';
import type { Picture } from './ladder.ts';
import type { Rate } from './rate.ts';

/** What a source is, as far as a plan needs it. Times in seconds from the start of the file's own timeline. */
export interface Probe {
  readonly container: string;
  readonly video: {
    readonly streamIndex: number;
    readonly codec: string;
    /** As shown: square pixels, rotation applied. */
    readonly picture: Picture;
    readonly rate: Rate;
    readonly colors: Colors;
    /** Its frames are made of two fields, of different moments. */
    readonly interlaced: boolean;
    /** Frames come at irregular times. */
    readonly variable: boolean;
    /** How much later than the file the video starts, where that is a mere offset (below 0.1 s). */
    readonly offsetSeconds: number;
    /** From the title's start to its end, which is that of the last frame, or of sound that goes on. Counted, not claimed. */
    readonly durationSeconds: number;
    /** How long the last frame is shown, where that is longer than the others are. */
    readonly heldSeconds?: number;
  };
  readonly audio: readonly AudioProbe[];
  /** Tracks of text. Absent from a probe that was made before they were looked for. */
  readonly subtitles?: readonly SubtitleProbe[];
}

export interface SubtitleProbe {
  readonly streamIndex: number;
  readonly kind: CaptionKind;
  readonly language?: string;
  readonly title?: string;
}

export interface AudioProbe {
  readonly streamIndex: number;
  readonly codec: string;
  readonly channels: number;
  readonly sampleRate: number;
  /** When its first packet comes, from the start of the file. Seconds. */
  readonly startSeconds: number;
  /** Ticks a second of its times in the container. */
  readonly timescale: number;
  readonly language?: string;
  readonly title?: string;
}

/** ffprobe writes numbers as strings, and `N/A` where it knows none. */
const numeric = z.coerce.number().optional().catch(undefined);

const ProbedStream = z.looseObject({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  color_transfer: z.string().optional(),
  color_space: z.string().optional(),
  color_primaries: z.string().optional(),
  color_range: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  time_base: z.string().optional(),
  start_time: numeric,
  duration: numeric,
  nb_frames: numeric,
  channels: z.int().optional(),
  sample_rate: numeric,
  disposition: z
    .object({
      attached_pic: z.int().optional(),
      default: z.int().optional(),
      forced: z.int().optional(),
      hearing_impaired: z.int().optional(),
    })
    .optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z
    .array(
      z.looseObject({
        rotation: z.number().optional(),
        dv_profile: z.int().optional(),
        bl_present_flag: z.int().optional(),
        dv_bl_signal_compatibility_id: z.int().optional(),
      }),
    )
    .optional(),
});
export type ProbedStream = z.infer<typeof ProbedStream>;

export const ProbedPacket = z.looseObject({
  /** Of its stream. */
  stream_index: numeric,
  pts_time: numeric,
  duration_time: numeric,
});
export type ProbedPacket = z.infer<typeof ProbedPacket>;

/** The JSON that ffprobe prints for `-show_format -show_streams -show_packets`. */
export const ProbeOutput = z.looseObject({
  streams: z.array(ProbedStream).default([]),
  packets: z.array(ProbedPacket).default([]),
  format: z.looseObject({ format_name: z.string().optional(), start_time: numeric, duration: numeric }).optional(),
});
export type ProbeOutput = z.infer<typeof ProbeOutput>;

/** The stream that is the title's moving picture: the first that is no attached cover. */
export const videoStream = (output: ProbeOutput): ProbedStream | undefined =>
  output.streams.find((s) => s.codec_type === 'video' && s.disposition?.attached_pic !== 1);

const fraction = (text: string | undefined): Rate | undefined => {
  const [num, den] = (text ?? '').split(/[/:]/).map(Number);
  return num && den && Number.isInteger(num) && Number.isInteger(den) && num > 0 && den > 0 ? { num, den } : undefined;
};

/** Square pixels, then rotation: what a viewer sees. */
export function shownPicture(stream: ProbedStream): Picture {
  const sar = fraction(stream.sample_aspect_ratio) ?? { num: 1, den: 1 };
  const width = ((stream.width ?? 0) * sar.num) / sar.den;
  const height = stream.height ?? 0;
  const turn = Math.abs(stream.side_data_list?.find((d) => d.rotation !== undefined)?.rotation ?? 0) % 180;
  return turn > 45 && turn < 135 ? { width: height, height: width } : { width, height };
}

/** Times of frames in presentation order, seconds. */
const frameTimes = (packets: readonly ProbedPacket[]): number[] =>
  packets.flatMap((p) => (p.pts_time === undefined ? [] : [p.pts_time])).sort((a, b) => a - b);

/** The longest step between neighbours, and whether steps differ by more than the rounding of a millisecond clock. */
function steps(times: readonly number[]): { longest: number; shortest: number } {
  const gaps = times.slice(1).map((t, i) => t - (times[i] ?? t));
  return {
    longest: gaps.reduce((a, b) => Math.max(a, b), 0),
    shortest: gaps.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  };
}

/** BCP 47 from the ISO 639-2 code of a container; undefined where it says nothing. */
function language(stream: ProbedStream): string | undefined {
  const code = stream.tags?.['language'];
  if (code === undefined || code === 'und') return undefined;
  // Some muxers write a name here, which is no language tag.
  return canonicalLanguage(code);
}

/** Codecs of subtitles that are text. Those that are pictures (of discs and broadcasts) cannot become text. */
const textCodecs = new Set(['mov_text', 'subrip', 'srt', 'ass', 'ssa', 'webvtt', 'text']);

function subtitleKind({ disposition }: ProbedStream): CaptionKind {
  if (disposition?.forced === 1) return 'forced';
  return disposition?.hearing_impaired === 1 ? 'captions' : 'subtitles';
}

/** Language and title of a track, as far as its container tells. */
function said(stream: ProbedStream): { language?: string; title?: string } {
  const tag = language(stream);
  const title = shortened(plainLine(stream.tags?.['title'] ?? ''), maxLabelLength);
  return { ...(tag === undefined ? {} : { language: tag }), ...(isVisible(title) ? { title } : {}) };
}

/** Top or bottom field first, coded or shown; `progressive` and `unknown` are the others. */
const interlacedOrders = new Set(['tt', 'bb', 'tb', 'bt']);

/** Clocks of containers round to a millisecond: steps that differ by less are the same step. */
const clockRoundingSeconds = 0.0025;

/** Sound that goes on for longer than this behind the last frame is heard to its end. Shorter is what encoders and recorders leave over. */
const overhangSeconds = 1;
/** A last frame that lasts as long as this is believed as far as anything else in the file bears it out. */
const longFrameSeconds = 10;

/** No packet of sound is longer; one that says so is of a damaged index. */
const soundPacketSeconds = 1;

/** When the last of these packets of sound ends; 0 if there is none. */
const soundEndOf = (packets: readonly ProbedPacket[]): number =>
  packets.reduce((end, { pts_time, duration_time = 0 }) => {
    return pts_time === undefined ? end : Math.max(end, pts_time + Math.min(duration_time, soundPacketSeconds));
  }, 0);

/**
 * The probe of a source from what ffprobe said of it, of the first packets of its picture (`head`), and of the last of picture and sound
 * (`tail`).
 * The caller has made sure that there is a video stream with a size and at least one packet.
 */
export function interpretProbe(
  output: ProbeOutput,
  head: readonly ProbedPacket[],
  tail: readonly ProbedPacket[],
): Probe {
  const stream = videoStream(output);
  if (stream === undefined) throw new Error('no video stream to interpret');
  const sounds = output.streams.filter(
    (s) => s.codec_type === 'audio' && (s.channels ?? 0) > 0 && (s.sample_rate ?? 0) > 0,
  );
  const tailOf = (index: number) => tail.filter((p) => p.stream_index === index);
  const tailFrames = tailOf(stream.index);
  const headTimes = frameTimes(head);
  const tailTimes = frameTimes(tailFrames);
  const first = headTimes[0] ?? 0;
  const claimed = fraction(stream.avg_frame_rate) ?? fraction(stream.r_frame_rate) ?? { num: 25, den: 1 };
  const { longest, shortest } = steps(headTimes);
  const tailLongest = steps(tailTimes).longest;
  const real = fraction(stream.r_frame_rate);
  const uneven = headTimes.length > 2 && longest - shortest > 2 * clockRoundingSeconds;
  const rateDiffers = real !== undefined && Math.abs((real.num * claimed.den) / (real.den * claimed.num) - 1) > 0.01;
  const fileStart = output.format?.start_time ?? 0;
  const late = first - fileStart;
  const offsetSeconds = late > 0 && late < 0.1 ? late : 0;
  const lastTime = Math.max(tailTimes.at(-1) ?? first, headTimes.at(-1) ?? first);
  const frameSeconds = claimed.den / claimed.num;
  const lastSeconds =
    (tailFrames.length > 0 ? tailFrames : head).find((p) => p.pts_time === lastTime)?.duration_time || frameSeconds;
  const claimedEnd = output.format?.duration === undefined ? undefined : fileStart + output.format.duration;
  // Counted, and no later than is claimed: of a damaged index either may be a day off.
  const soundEnd = Math.min(
    soundEndOf(sounds.flatMap(({ index }) => tailOf(index))),
    claimedEnd ?? Number.POSITIVE_INFINITY,
  );
  const borneOut = Math.max(claimedEnd ?? 0, soundEnd, lastTime + frameSeconds);
  const pictureEnd =
    lastTime + (lastSeconds < longFrameSeconds ? lastSeconds : Math.min(lastSeconds, borneOut - lastTime));
  const end = soundEnd - pictureEnd > overhangSeconds ? soundEnd : pictureEnd;
  const held = end - lastTime;
  return {
    container: output.format?.format_name ?? '',
    video: {
      streamIndex: stream.index,
      codec: stream.codec_name ?? '',
      picture: shownPicture(stream),
      colors: colorsOf(stream),
      interlaced: interlacedOrders.has(stream.field_order ?? ''),
      rate: claimed,
      variable: uneven || rateDiffers || tailLongest > 3 * frameSeconds,
      offsetSeconds,
      durationSeconds: end - fileStart - offsetSeconds,
      ...(held > frameSeconds + clockRoundingSeconds && { heldSeconds: held }),
    },
    audio: sounds.map((s) => ({
      streamIndex: s.index,
      codec: s.codec_name ?? '',
      channels: s.channels ?? 2,
      sampleRate: s.sample_rate ?? 48_000,
      startSeconds: (s.start_time ?? fileStart) - fileStart,
      timescale: fraction(s.time_base)?.den ?? 1_000,
      ...said(s),
    })),
    subtitles: output.streams
      .filter((s) => s.codec_type === 'subtitle' && textCodecs.has(s.codec_name ?? ''))
      .map((s) => ({ streamIndex: s.index, kind: subtitleKind(s), ...said(s) })),
  };
}
