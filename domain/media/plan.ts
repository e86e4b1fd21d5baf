import * as z from 'zod';
import { CaptionKind, CaptionName, captionLabel, maxCaptionTracks } from './captions/captions.ts';
import { Colors } from './colors.ts';
import { Encryption } from './encryption.ts';
import { Engine } from './engine.ts';
import { Rung, rungsOf } from './ladder.ts';
import type { Probe } from './probe.ts';
import { framesPerSecond, framesPerSegment, Rate, titleRate, videoTimescale } from './rate.ts';

/** AAC-LC at 48 kHz, 1,024 samples a frame, whatever the source has. */
export const audioSampleRate = 48_000;
export const samplesPerAudioFrame = 1_024;

/** One audio rendition. */
export const AudioTrack = z.object({
  /** `audio-1`, `audio-2`, … */
  name: z.string().regex(/^audio-\d+$/),
  streamIndex: z.int().nonnegative(),
  /** Of the source, Hz. */
  sourceSampleRate: z.int().positive(),
  sourceChannels: z.int().positive(),
  /** When its first packet comes, from the start of the file. */
  sourceStartSeconds: z.number(),
  /** Ticks a second of its times in the container. */
  sourceTimescale: z.int().positive(),
  /** Of the rendition: mono stays mono, more than two become stereo. */
  channels: z.union([z.literal(1), z.literal(2)]),
  bitrateBps: z.int().positive(),
  /** BCP 47; absent when unknown. */
  language: z.string().optional(),
  label: z.string(),
});
export type AudioTrack = z.infer<typeof AudioTrack>;

/** Text in the source, to be made into captions. */
export const SubtitleTrack = z.object({
  /** `embedded-1`, `embedded-2`, … */
  name: CaptionName,
  streamIndex: z.int().nonnegative(),
  kind: CaptionKind,
  /** BCP 47; `und` when unknown. */
  language: z.string(),
  label: z.string(),
});
export type SubtitleTrack = z.infer<typeof SubtitleTrack>;

/** A rung as planned: eager ones are encoded whether or not anybody watches, others when they are first asked for. */
export const PlannedRung = Rung.extend({ eager: z.boolean() });
export type PlannedRung = z.infer<typeof PlannedRung>;

/** Everything about a title that follows from its probe: manifests, chunks and the encoders' arguments are made of it. */
export const Plan = z.object({
  videoId: z.string(),
  attempt: z.int().positive(),
  /** What the workers read: the source itself, or its remuxed copy; a key of the uploads bucket. */
  sourceKey: z.string(),
  rate: Rate,
  timescale: z.int().positive(),
  framesPerSegment: z.int().positive(),
  totalFrames: z.int().positive(),
  segmentsPerChunk: z.int().positive(),
  video: z.object({
    streamIndex: z.int().nonnegative(),
    sourceRate: Rate,
    colors: Colors,
    interlaced: z.boolean(),
    /** Frames come at irregular times. Plans of before do not say. */
    variable: z.boolean().default(false),
    /** Seconds read before a chunk, for filters that look at the frames before. */
    preRollSeconds: z.number().nonnegative(),
    /** By how much the video starts after the file does; taken out. Seconds. */
    offsetSeconds: z.number().nonnegative(),
    /** How long the last frame is shown, to the end of the title; 0 if no longer than others. Seconds. */
    heldSeconds: z.number().nonnegative().default(0),
  }),
  /** Lowest first; the lowest is eager. */
  rungs: z.array(PlannedRung).min(1),
  audio: z.array(AudioTrack),
  /** Plans of before have none. */
  subtitles: z.array(SubtitleTrack).default([]),
  /** Absent for a title in the clear. */
  encryption: Encryption.optional(),
  /** Who encodes what Prepare does not; our workers where absent. */
  engine: Engine.optional(),
});
export type Plan = z.infer<typeof Plan>;

/** Chunks of a long title: three rounds of two hundred slots, so that none of them waits long for the last. */
const chunksOfLongTitles = 600;

/**
 * Chunks are of 12 s at the least: each costs a start and a seek, 3 % of it. Titles of more than two hours have longer ones,
 * up to 32 s (bench/simulation.ts; docs/capacity.md has what other lengths would come to).
 */
const segmentsPerChunk = (segments: number): number =>
  Math.min(8, Math.max(3, Math.floor(segments / chunksOfLongTitles)));

/** What a deinterlacer looks back at, seconds: some frames. */
const deinterlacerSeconds = 0.5;

/** 64 kbit/s a channel: the design's 128 kbit/s for stereo. */
const audioBitrate = (channels: 1 | 2) => 64_000 * channels;

/** What is decided about a title beside what its source says. */
export interface PlanChoices {
  /** Rungs of more lines than this are encoded when they are first watched. */
  readonly eagerLines: number;
  readonly encryption?: Encryption | undefined;
  /** MediaConvert makes no single segments: with it all rungs are eager. */
  readonly engine?: Engine | undefined;
}

/** The plan of one source. Pure: the same probe and choices give the same plan. */
export function plan(
  run: { videoId: string; attempt: number },
  sourceKey: string,
  probe: Probe,
  choices: PlanChoices,
): Plan {
  const rate = titleRate(probe.video.rate);
  // Rounded down; the tenth of a frame is what clocks that round to a millisecond take away.
  const totalFrames = Math.max(1, Math.floor(probe.video.durationSeconds * framesPerSecond(rate) + 0.1));
  return {
    videoId: run.videoId,
    attempt: run.attempt,
    sourceKey,
    rate,
    timescale: videoTimescale(rate),
    framesPerSegment: framesPerSegment(rate),
    totalFrames,
    segmentsPerChunk: segmentsPerChunk(Math.ceil(totalFrames / framesPerSegment(rate))),
    video: {
      streamIndex: probe.video.streamIndex,
      sourceRate: probe.video.rate,
      colors: probe.video.colors,
      interlaced: probe.video.interlaced,
      variable: probe.video.variable,
      preRollSeconds: probe.video.interlaced ? deinterlacerSeconds : 0,
      offsetSeconds: probe.video.offsetSeconds,
      heldSeconds: probe.video.heldSeconds ?? 0,
    },
    ...(choices.encryption && { encryption: choices.encryption }),
    ...(choices.engine === 'mediaconvert' && { engine: choices.engine }),
    rungs: rungsOf(probe.video.picture).map((rung, i) => ({
      ...rung,
      eager: i === 0 || choices.engine === 'mediaconvert' || Number.parseInt(rung.name, 10) <= choices.eagerLines,
    })),
    audio: probe.audio.map((track, i) => {
      const channels = track.channels === 1 ? 1 : 2;
      return {
        name: `audio-${i + 1}`,
        streamIndex: track.streamIndex,
        sourceSampleRate: track.sampleRate,
        sourceChannels: track.channels,
        sourceStartSeconds: track.startSeconds,
        sourceTimescale: track.timescale,
        channels,
        bitrateBps: audioBitrate(channels),
        ...(track.language === undefined ? {} : { language: track.language }),
        label: track.title ?? track.language ?? `Audio ${i + 1}`,
      };
    }),
    subtitles: (probe.subtitles ?? []).slice(0, maxCaptionTracks).map((track, i) => ({
      name: `embedded-${i + 1}`,
      streamIndex: track.streamIndex,
      kind: track.kind,
      language: track.language ?? 'und',
      label: captionLabel(track.title, track.language ?? 'und', track.kind),
    })),
  };
}
