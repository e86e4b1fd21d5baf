import type { Measured } from './bandwidth.ts';
import type { Caption } from './captions/captions.ts';
import { captionsPlaylist } from './captions/hls.ts';
import { mpd } from './dash.ts';
import { masterPlaylist, mediaPlaylists } from './hls.ts';
import { captionsPlaylistKey, dashManifestKey, hlsMasterKey, initKey, mediaPlaylistKey, segmentKey } from './paths.ts';
import type { Plan } from './plan.ts';
import { segmentCount } from './timeline.ts';

export type { Measured } from './bandwidth.ts';

/** RFC 8216 section 10 and ISO/IEC 23009-1 annex C. */
const hlsType = 'application/vnd.apple.mpegurl';
const dashType = 'application/dash+xml';

/** One text object to be published. */
export interface Manifest {
  readonly key: string;
  readonly contentType: string;
  readonly body: string;
  /** A player starts here; the others are named by it. */
  readonly entry: boolean;
}

/**
 * All manifests of a title, HLS and DASH over the same segments. From the plan alone they carry bounds of the bit rates;
 * with `measured`, what was measured. They list the captions that the video has when they are written.
 */
export function manifests(plan: Plan, measured?: Measured, captions: readonly Caption[] = []): Manifest[] {
  const { videoId, attempt } = plan;
  return [
    ...Object.entries(mediaPlaylists(plan)).map(([track, body]) => ({
      key: mediaPlaylistKey(videoId, attempt, track),
      contentType: hlsType,
      body,
      entry: false,
    })),
    ...captions.map((caption) => ({
      key: captionsPlaylistKey(videoId, attempt, caption.digest),
      contentType: hlsType,
      body: captionsPlaylist(plan, caption),
      entry: false,
    })),
    {
      key: hlsMasterKey(videoId, attempt),
      contentType: hlsType,
      body: masterPlaylist(plan, measured, captions),
      entry: true,
    },
    { key: dashManifestKey(videoId, attempt), contentType: dashType, body: mpd(plan, measured, captions), entry: true },
  ];
}

/** The names of all tracks: rungs, lowest first, then audio renditions. */
export const trackNames = (plan: Plan): string[] => [...plan.rungs, ...plan.audio].map((track) => track.name);

/** The keys of every object that a finished title has: inits and segments of every track that is not made on demand. */
export function mediaKeys(plan: Plan): { track: string; init: string; segments: string[] }[] {
  const { videoId, attempt } = plan;
  const eager = [...plan.rungs.filter((rung) => rung.eager), ...plan.audio];
  return eager.map(({ name: track }) => ({
    track,
    init: initKey(videoId, attempt, track),
    segments: Array.from({ length: segmentCount(plan) }, (_, i) => segmentKey(videoId, attempt, track, i + 1)),
  }));
}
