import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../domain/media/plan.ts';
import type { FrameRate } from './clip.ts';
import { readDash } from './dash-listing.ts';
import { extent, type FetchedTrack, fetchTrack } from './fetched-track.ts';
import { frameFaults, seenFrames } from './frames.ts';
import { readHls } from './hls-listing.ts';
import { type ListedTrack, type ReadObject, trackName } from './listing.ts';
import { alignmentFaults, bitrateFaults, disagreements, peakBitrate, trackFaults } from './manifest-check.ts';
import { decodedSound, type ExpectedSound, soundFaults } from './tone.ts';

/** A published title: where its manifests are, and how to read it. */
export interface Stream {
  readonly read: ReadObject;
  readonly hls: string;
  readonly dash: string;
}

/** What a finished title must be. */
export interface ExpectedStream {
  readonly rate: FrameRate;
  readonly frames: number;
  readonly audioTracks: number;
  /** Caps in bit/s, by name, of the rungs that are made when they are watched: their bit rates are bounds for good. */
  readonly onDemand?: Readonly<Record<string, number>>;
  /** The number burnt into frame `index`; absent for sources without numbers. */
  readonly numberAt?: (index: number) => number;
  /** The clip's tone and beeps in every audio track; absent for other sound. */
  readonly sound?: Omit<ExpectedSound, 'samples' | 'fadeInSeconds'>;
}

/** AAC encoders begin from nothing: the first frame of a title fades in. */
const fadeInSeconds = 0.045;
/** More of one kind say nothing new. */
const faultsShown = 12;

/** Everything that is wrong with a finished title, in every rung and rendition, by HLS and by DASH; nothing if it is right. */
export async function streamFaults(stream: Stream, expected: ExpectedStream): Promise<string[]> {
  const { faults, tracks } = await undecoded(stream, expected);
  return [...faults, ...(await decodedFaults(tracks, expected))];
}

/**
 * What in a title that is ready breaks the rules for manifests: by its plan, its manifests and the boxes of all files that they
 * list. Rungs on demand are left out, since nobody may have watched them. Nothing is decoded.
 */
export async function manifestFaults(stream: Stream, plan: Plan): Promise<string[]> {
  const unmade = new Set(plan.rungs.flatMap(({ name, eager }) => (eager ? [] : [name])));
  const expected = { rate: plan.rate, frames: plan.totalFrames, audioTracks: plan.audio.length };
  const { faults } = await undecoded(stream, expected, (track) => !unmade.has(trackName(track)));
  return faults;
}

async function undecoded(
  { read, hls, dash }: Stream,
  expected: ExpectedStream,
  isMade: (track: ListedTrack) => boolean = () => true,
): Promise<{ faults: string[]; tracks: FetchedTrack[] }> {
  const [byHls, byDash] = [await readHls(read, hls), await readDash(read, dash)];
  const { tracks, faults } = await fetchTracks(read, byHls.tracks.filter(isMade));
  return {
    tracks,
    faults: [
      ...[...byHls.faults, ...byDash.faults, ...disagreements(byHls.tracks, byDash.tracks)],
      ...[...faults, ...contentFaults(tracks, byDash.tracks, expected)],
    ],
  };
}

async function fetchTracks(
  read: ReadObject,
  listed: readonly ListedTrack[],
): Promise<{ tracks: FetchedTrack[]; faults: string[] }> {
  const tracks: FetchedTrack[] = [];
  const faults: string[] = [];
  for (const track of listed) {
    try {
      tracks.push(await fetchTrack(read, track));
    } catch (error) {
      faults.push(`${track.initPath}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { tracks, faults };
}

function contentFaults(
  tracks: readonly FetchedTrack[],
  dash: readonly ListedTrack[],
  expected: ExpectedStream,
): string[] {
  const { num, den } = expected.rate;
  const video = tracks.filter((t) => t.init.kind === 'video');
  const audio = tracks.filter((t) => t.init.kind === 'audio');
  const faults: string[] = [];
  if (video.length === 0) faults.push('no rung');
  if (audio.length !== expected.audioTracks)
    faults.push(`${audio.length} audio tracks where ${expected.audioTracks} are due`);
  for (const track of tracks) {
    const frameTicks = track.init.kind === 'video' ? (track.init.timescale * den) / num : undefined;
    faults.push(...trackFaults(track, frameTicks));
    if (track.init.kind === 'video') {
      const { seconds } = extent(track);
      const due = (expected.frames * den) / num;
      if (Math.abs(seconds - due) > 1e-6) faults.push(`${track.listed.initPath} lasts ${seconds} s, not ${due} s`);
      const listedRate = track.listed.framesPerSecond ?? 0;
      if (Math.abs(listedRate - num / den) > 0.001)
        faults.push(`${track.listed.initPath}: FRAME-RATE ${listedRate} is not ${num}/${den}`);
    }
    if (track.init.kind === 'audio' && track.init.sampleRate !== 48_000)
      faults.push(`${track.listed.initPath} has ${track.init.sampleRate} Hz`);
  }
  // The same files under what DASH says of them.
  const byDash = tracks.flatMap((track) => {
    const listed = dash.find((t) => t.initPath === track.listed.initPath);
    return listed ? [{ ...track, listed }] : [];
  });
  faults.push(...byDash.flatMap((track) => trackFaults(track, undefined)));
  for (const list of [tracks, byDash]) faults.push(...rateFaults(list, audio, expected.onDemand ?? {}));
  for (const { listed, init } of tracks) {
    if (init.kind === 'video' && !onDemandCap(listed, expected) && listed.averageBandwidth === undefined)
      faults.push(`${listed.initPath}: no AVERAGE-BANDWIDTH, though it has been measured`);
  }
  return [...faults, ...alignmentFaults(video, audio)];
}

const onDemandCap = ({ initPath }: ListedTrack, { onDemand }: Pick<ExpectedStream, 'onDemand'>): number | undefined =>
  onDemand?.[trackName({ initPath })];

/** Bit rates of tracks that have been measured, and of those that never will be. */
function rateFaults(
  tracks: readonly FetchedTrack[],
  audio: readonly FetchedTrack[],
  onDemand: Readonly<Record<string, number>>,
): string[] {
  const cap = (track: FetchedTrack) => onDemandCap(track.listed, { onDemand });
  const loudest = Math.max(0, ...audio.map(peakBitrate));
  return [
    ...bitrateFaults(
      tracks.filter((track) => cap(track) === undefined),
      audio,
      { kind: 'measured' },
    ),
    ...bitrateFaults(
      tracks.filter((track) => cap(track) !== undefined),
      audio,
      { kind: 'planned', capBps: (listed) => (onDemandCap(listed, { onDemand }) ?? 0) + loudest },
    ),
  ];
}

async function decodedFaults(tracks: readonly FetchedTrack[], expected: ExpectedStream): Promise<string[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'stream-'));
  try {
    const faults: string[] = [];
    for (const track of tracks) {
      const file = join(scratch, 'track.mp4');
      await writeFile(file, track.bytes);
      const found =
        track.init.kind === 'video'
          ? await pictureFaults(file, expected)
          : await trackSoundFaults(file, track, expected);
      faults.push(...found.slice(0, faultsShown).map((fault) => `${track.listed.initPath}: ${fault}`));
    }
    return faults;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function pictureFaults(file: string, { rate, frames, numberAt }: ExpectedStream): Promise<string[]> {
  const seen = await seenFrames(file);
  return frameFaults(seen, { frames, framesPerSecond: rate.num / rate.den, ...(numberAt ? { numberAt } : {}) });
}

async function trackSoundFaults(file: string, track: FetchedTrack, { sound: due }: ExpectedStream): Promise<string[]> {
  const samples = track.segments.reduce((sum, s) => sum + s.samples * 1024, 0);
  const sound = await decodedSound(file);
  if (due !== undefined) return soundFaults(sound, { ...due, samples, fadeInSeconds });
  return sound.samples.length === samples ? [] : [`${sound.samples.length} samples were decoded of ${samples}`];
}
