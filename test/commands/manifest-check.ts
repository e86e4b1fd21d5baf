import { extent, type FetchedTrack } from './fetched-track.ts';
import { type ListedTrack, trackName as name, totalSeconds } from './listing.ts';

/** What differs between the two manifests of a title: they must list the same files, as long, as large and in the same codecs. */
export function disagreements(hls: readonly ListedTrack[], dash: readonly ListedTrack[]): string[] {
  const faults: string[] = [];
  const inits = (tracks: readonly ListedTrack[]) =>
    tracks
      .map((t) => t.initPath)
      .sort()
      .join(' ');
  if (inits(hls) !== inits(dash)) faults.push(`HLS lists ${inits(hls)}; DASH lists ${inits(dash)}`);
  for (const one of hls) {
    const other = dash.find((t) => t.initPath === one.initPath);
    if (other === undefined) continue;
    const paths = (track: ListedTrack) => track.segments.map((s) => s.path).join(' ');
    if (paths(one) !== paths(other)) faults.push(`${name(one)}: HLS and DASH list different segments`);
    const apart = one.segments.findIndex((s, i) => Math.abs(s.seconds - (other.segments[i]?.seconds ?? 0)) > 0.0005);
    if (apart >= 0) faults.push(`${name(one)}: HLS and DASH differ in the length of segment ${apart + 1}`);
    if (one.size && (one.size.width !== other.size?.width || one.size.height !== other.size.height))
      faults.push(`${name(one)}: HLS and DASH differ in size`);
    if (!(Math.abs((one.framesPerSecond ?? 0) - (other.framesPerSecond ?? 0)) < 0.001))
      faults.push(`${name(one)}: HLS and DASH differ in frame rate`);
    if (one.kind !== other.kind || one.language !== other.language)
      faults.push(`${name(one)}: HLS and DASH differ in kind or language`);
  }
  return faults;
}

/** What of a track's description is not so in its files. `frameTicks`: how long each of its frames is, if that is known. */
export function trackFaults(
  { listed, init, segments, ...rest }: FetchedTrack,
  frameTicks: number | undefined,
): string[] {
  const faults: string[] = [];
  const fault = (text: string) => faults.push(`${name(listed)}: ${text}`);
  const { start } = extent({ listed, init, segments, ...rest });
  if (start !== 0) fault(`presentation begins at ${start} s`);
  if (init.kind !== listed.kind) fault(`is listed as ${listed.kind} and holds ${init.kind}`);
  if (listed.codecs === undefined && listed.kind === 'video') fault('no CODECS');
  if (listed.codecs !== undefined && !listed.codecs.split(',').includes(init.codec))
    fault(`CODECS ${listed.codecs} do not name ${init.codec}`);
  if (init.kind === 'video' && init.parameterSets !== init.codec)
    fault(`its parameter sets are ${init.parameterSets}, its sample entry says ${init.codec}`);
  if (listed.size && (listed.size.width !== init.size?.width || listed.size.height !== init.size.height)) {
    fault(`is listed as ${listed.size.width}x${listed.size.height} and holds ${init.size?.width}x${init.size?.height}`);
  }
  let due = 0;
  segments.forEach((segment, i) => {
    if (segment.decodeTime !== due) fault(`segment ${i + 1} begins at tick ${segment.decodeTime}, not ${due}`);
    if (!segment.continuous) fault(`a fragment of segment ${i + 1} does not begin where the one before it ends`);
    if (!segment.startsWithIdr) fault(`segment ${i + 1} does not begin with an IDR picture`);
    if (!segment.startsWithSync) fault(`segment ${i + 1} does not say that it begins with a sync sample`);
    if (frameTicks !== undefined && segment.duration !== segment.samples * frameTicks)
      fault(`frames of segment ${i + 1} are not ${frameTicks} ticks each`);
    const listedTicks = (listed.segments[i]?.seconds ?? 0) * init.timescale;
    if (Math.abs(listedTicks - segment.duration) > (frameTicks ?? 1024))
      fault(`segment ${i + 1} lasts ${segment.duration} ticks, is listed with ${listedTicks}`);
    due = segment.decodeTime + segment.duration;
  });
  return faults;
}

/** Rungs that do not switch at the same frames, and sound that does not go along with them to within one AAC frame. */
export function alignmentFaults(video: readonly FetchedTrack[], audio: readonly FetchedTrack[]): string[] {
  const [first, ...others] = video;
  if (first === undefined) return ['no video track'];
  const timeline = (track: FetchedTrack) =>
    track.segments.map((s) => [s.decodeTime / track.init.timescale, s.samples]).join(' ');
  const faults = others
    .filter((t) => timeline(t) !== timeline(first))
    .map((t) => `${name(t.listed)} is not aligned with ${name(first.listed)}`);
  for (const track of audio) {
    const aacFrame = 1024 / track.init.timescale;
    track.segments.forEach((segment, i) => {
      const pictureAt = (first.segments[i]?.decodeTime ?? Number.NaN) / first.init.timescale;
      const apart = Math.abs(segment.decodeTime / track.init.timescale - pictureAt);
      if (!(apart <= aacFrame + 1e-9))
        faults.push(`${name(track.listed)}: segment ${i + 1} begins ${apart.toFixed(3)} s from the picture's`);
    });
    const apart = extent(track).seconds - extent(first).seconds;
    if (Math.abs(apart) > aacFrame + 1e-9)
      faults.push(`${name(track.listed)} is ${apart.toFixed(3)} s longer than the picture`);
  }
  return faults;
}

/** The peak segment bit rate of RFC 8216 section 4.1: of any run of segments of 0.5 to 1.5 target durations; bit/s. */
export function peakBitrate({ listed, segments }: FetchedTrack): number {
  const target = Math.max(...listed.segments.map((s) => Math.round(s.seconds)));
  let peak = 0;
  segments.forEach((_, from) => {
    let bytes = 0;
    let seconds = 0;
    for (let to = from; to < segments.length && seconds <= 1.5 * target; to++) {
      bytes += segments[to]?.bytes ?? 0;
      seconds += listed.segments[to]?.seconds ?? 0;
      if (seconds >= 0.5 * target && seconds <= 1.5 * target) peak = Math.max(peak, (8 * bytes) / seconds);
    }
  });
  return peak || averageBitrate({ listed, segments });
}

const averageBitrate = ({ listed, segments }: Pick<FetchedTrack, 'listed' | 'segments'>) =>
  (8 * segments.reduce((sum, s) => sum + s.bytes, 0)) / totalSeconds(listed);

/** A measured rate may be rounded up, no more: a rate listed too high costs viewers a rung. */
const measuredSlack = 1.01;
/** Before anything is measured, the cap of a rung is listed with room for the encoder. */
const plannedSlack = 1.15;

/**
 * Bit rates that are not those of the files. `tight`: the manifests say that they are measured; else a bound must hold,
 * and not exceed the rung's cap by much.
 */
export function bitrateFaults(
  tracks: readonly FetchedTrack[],
  audio: readonly FetchedTrack[],
  bound: { readonly kind: 'measured' } | { readonly kind: 'planned'; readonly capBps: (track: ListedTrack) => number },
): string[] {
  const loudest = Math.max(0, ...audio.map(peakBitrate));
  return tracks.flatMap((track) => {
    const { bandwidth, averageBandwidth, codecs } = track.listed;
    if (bandwidth === undefined) return [];
    // A variant of HLS carries a rendition of the audio group; a representation of DASH is alone.
    const withAudio = track.init.kind === 'video' && (codecs ?? '').includes(',');
    const real = peakBitrate(track) + (withAudio ? loudest : 0);
    const most = bound.kind === 'measured' ? real * measuredSlack + 1 : bound.capBps(track.listed) * plannedSlack;
    const faults = [];
    if (bandwidth < Math.floor(real))
      faults.push(`${name(track.listed)}: BANDWIDTH ${bandwidth} is less than the real peak ${Math.ceil(real)}`);
    if (bandwidth > most) faults.push(`${name(track.listed)}: BANDWIDTH ${bandwidth} is more than ${Math.ceil(most)}`);
    const average = averageBitrate(track) + (withAudio ? Math.max(...audio.map(averageBitrate)) : 0);
    if (averageBandwidth !== undefined && Math.abs(averageBandwidth / average - 1) > 0.02) {
      faults.push(`${name(track.listed)}: AVERAGE-BANDWIDTH ${averageBandwidth} is not ${Math.round(average)}`);
    }
    return faults;
  });
}
