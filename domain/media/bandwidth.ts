import type { Rung } from './ladder.ts';
import { type AudioTrack, audioSampleRate, type Plan } from './plan.ts';
import { audioSegmentSamples, segmentCount, segmentFrames } from './timeline.ts';

/** Measured bytes of segments 1 to n, by track (a rung's or an audio rendition's name). */
export type Measured = Readonly<Record<string, readonly number[]>>;

/** Bit rates of a track, bit/s. `average` is unknown before the track is encoded. */
export interface TrackBitrate {
  readonly peak: number;
  readonly average: number | undefined;
}

/** How far a segment may exceed its capped rate with the encoder's buffer settings: measured 1.01 to 1.03, and boxes. */
const videoBound = 1.125;
const audioBound = 1.15;

/**
 * The largest rate of any contiguous run of segments that lasts between half and one and a half target durations
 * (RFC 8216 section 4.3.4.2, BANDWIDTH), and the rate of the whole.
 */
export function measuredBitrate(bytes: readonly number[], exactSeconds: readonly number[]): TrackBitrate {
  // Playlists have microseconds: by what they list, a rate must not come out higher than it says.
  const seconds = exactSeconds.map((s) => Math.max(1e-6, Math.floor(s * 1e6) / 1e6));
  const target = Math.max(1, ...seconds.map(Math.round));
  const total = bytes.reduce((a, b) => a + b, 0);
  const length = seconds.reduce((a, b) => a + b, 0);
  const average = Math.ceil((total * 8) / length);
  let peak = 0;
  for (let from = 0; from < bytes.length; from++) {
    let runBytes = 0;
    let runSeconds = 0;
    for (let to = from; to < bytes.length; to++) {
      runBytes += bytes[to] ?? 0;
      runSeconds += seconds[to] ?? 0;
      if (runSeconds > 1.5 * target) break;
      if (runSeconds >= 0.5 * target) peak = Math.max(peak, (runBytes * 8) / runSeconds);
    }
  }
  // A title shorter than half a target duration has no such run: its whole is the peak.
  return { peak: Math.ceil(peak) || average, average };
}

/** Seconds of each segment of a video track. */
export const videoSegmentSeconds = (plan: Plan): number[] =>
  Array.from({ length: segmentCount(plan) }, (_, i) => (segmentFrames(plan, i + 1) * plan.rate.den) / plan.rate.num);

/** Seconds of each segment of an audio track. */
export const audioSegmentSeconds = (plan: Plan): number[] =>
  Array.from({ length: segmentCount(plan) }, (_, i) => audioSegmentSamples(plan, i + 1) / audioSampleRate);

export function rungBitrate(plan: Plan, rung: Rung, measured: Measured | undefined): TrackBitrate {
  const bytes = measured?.[rung.name];
  if (bytes) return measuredBitrate(bytes, videoSegmentSeconds(plan));
  return { peak: Math.ceil(rung.maxrateBps * videoBound), average: undefined };
}

export function audioBitrate(plan: Plan, track: AudioTrack, measured: Measured | undefined): TrackBitrate {
  const bytes = measured?.[track.name];
  if (bytes) return measuredBitrate(bytes, audioSegmentSeconds(plan));
  return { peak: Math.ceil(track.bitrateBps * audioBound), average: undefined };
}
