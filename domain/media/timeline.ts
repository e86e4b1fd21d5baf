import { audioSampleRate, type Plan, samplesPerAudioFrame } from './plan.ts';
import { ticksPerFrame } from './rate.ts';

/** The part of a plan that times follow from. */
export type Timing = Pick<Plan, 'rate' | 'framesPerSegment' | 'totalFrames' | 'segmentsPerChunk'>;

/** Segments count from 1; segment n is frames [(n-1)·G, n·G) and the last may be shorter. */
export const segmentCount = (t: Timing): number => Math.ceil(t.totalFrames / t.framesPerSegment);

/** Frames before segment `number`; of the segment after the last, all frames. */
const framesBefore = (t: Timing, number: number) => Math.min((number - 1) * t.framesPerSegment, t.totalFrames);

/** Video frames of segment `number`. */
export const segmentFrames = (t: Timing, number: number): number =>
  framesBefore(t, number + 1) - framesBefore(t, number);

/** Length of segment `number` of a video track, in ticks of the plan's timescale. */
export const segmentTicks = (t: Timing, number: number): number => segmentFrames(t, number) * ticksPerFrame(t.rate);

/** Length of the title, in seconds: of its frames. */
export const titleSeconds = (t: Timing): number => (t.totalFrames * t.rate.den) / t.rate.num;

/** When the last frame that the source has comes, in seconds of the title, or up to a frame earlier; what follows is that frame again. */
export const lastFrameSeconds = (t: Timing & { readonly video: Pick<Plan['video'], 'heldSeconds'> }): number =>
  Math.max(0, titleSeconds(t) - Math.max(t.video.heldSeconds, t.rate.den / t.rate.num));

/** The first AAC frame that starts at or after video frame `frame`. Exact, in whole numbers. */
function audioFrameAt(t: Timing, frame: number): number {
  const samples = BigInt(frame) * BigInt(t.rate.den) * BigInt(audioSampleRate);
  const perFrame = BigInt(t.rate.num) * BigInt(samplesPerAudioFrame);
  return Number((samples + perFrame - 1n) / perFrame);
}

/** The AAC frames [first, end) of segments `from` up to and including `to`. */
export const audioFrames = (t: Timing, from: number, to: number = from): { first: number; end: number } => ({
  first: audioFrameAt(t, framesBefore(t, from)),
  end: audioFrameAt(t, framesBefore(t, to + 1)),
});

/** Length of segment `number` of an audio track, in samples at 48 kHz. */
export function audioSegmentSamples(t: Timing, number: number): number {
  const { first, end } = audioFrames(t, number);
  return (end - first) * samplesPerAudioFrame;
}

/** A run of whole segments that one job encodes. */
export interface Chunk {
  /** From 0. */
  readonly index: number;
  readonly firstSegment: number;
  readonly lastSegment: number;
  readonly firstFrame: number;
  readonly frames: number;
}

/** A span of segments as a chunk. */
export function span(t: Timing, index: number, firstSegment: number, lastSegment: number): Chunk {
  const firstFrame = framesBefore(t, firstSegment);
  return { index, firstSegment, lastSegment, firstFrame, frames: framesBefore(t, lastSegment + 1) - firstFrame };
}

/**
 * The chunks of a title, in order. A tail shorter than a second joins the chunk before it: an encode of one or two
 * frames has no reordering, and so no edit list to match the rest.
 */
export function chunks(t: Timing): Chunk[] {
  const last = segmentCount(t);
  const starts: number[] = [];
  for (let segment = 1; segment <= last; segment += t.segmentsPerChunk) starts.push(segment);
  const tail = starts.at(-1);
  if (starts.length > 1 && tail !== undefined) {
    const tailFrames = t.totalFrames - framesBefore(t, tail);
    if (tailFrames * t.rate.den < t.rate.num) starts.pop();
  }
  return starts.map((first, i) => span(t, i, first, (starts[i + 1] ?? last + 1) - 1));
}
