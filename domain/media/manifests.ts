import type { Measured } from './bandwidth.ts';
import type { Caption } from './captions/captions.ts';
import { captionsPlaylist } from './captions/hls.ts';
import { mpd } from './dash.ts';
import { masterPlaylist, mediaPlaylists } from './hls.ts';
import { iFramePlaylists, iFrameStreams, type KeyFrames } from './i-frames.ts';
import {
  captionsPlaylistKey,
  dashManifestKey,
  hlsMasterKey,
  iFramePlaylistKey,
  initKey,
  mediaPlaylistKey,
  segmentKey,
  storyboardTrackKey,
} from './paths.ts';
import type { Plan } from './plan.ts';
import { type Sheet, sheets, storyboardTrack } from './storyboard.ts';
import { segmentCount } from './timeline.ts';

export type { Measured } from './bandwidth.ts';

/** RFC 8216 section 10 and ISO/IEC 23009-1 annex C. */
export const hlsType = 'application/vnd.apple.mpegurl';
export const dashType = 'application/dash+xml';
/** W3C WebVTT, section 8 of its recommendation. */
const vttType = 'text/vtt';

/** What there is of a title beside its segments, once it is encoded. */
export interface Pictures {
  readonly keyFrames: KeyFrames;
  readonly sheets: readonly Sheet[];
}

/** What a title is found to be once all of it is there. */
export interface Made {
  readonly measured: Measured;
  readonly pictures: Pictures;
}

/** One text object to be published. */
export interface Manifest {
  readonly key: string;
  readonly contentType: string;
  readonly body: string;
  /** A player starts here; the others are named by it. */
  readonly entry: boolean;
}

/**
 * All manifests of a title, HLS and DASH over the same segments, and its thumbnails track. From the plan alone they carry
 * bounds of the bit rates, and every thumbnail that is planned; with `made`, what was measured and made. They list the
 * captions that the video has when they are written.
 */
export function manifests(
  plan: Plan,
  { measured, pictures }: Partial<Made> = {},
  captions: readonly Caption[] = [],
): Manifest[] {
  const { videoId, attempt } = plan;
  const { keyFrames = {}, sheets: made = sheets(plan) } = pictures ?? {};
  return [
    {
      key: storyboardTrackKey(videoId, attempt),
      contentType: vttType,
      body: storyboardTrack(plan, made),
      entry: false,
    },
    ...Object.entries(iFramePlaylists(plan, keyFrames)).map(([rung, body]) => ({
      key: iFramePlaylistKey(videoId, attempt, rung),
      contentType: hlsType,
      body,
      entry: false,
    })),
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
      body: masterPlaylist(plan, measured, captions) + iFrameStreams(plan, keyFrames),
      entry: true,
    },
    { key: dashManifestKey(videoId, attempt), contentType: dashType, body: mpd(plan, measured, captions), entry: true },
  ];
}

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
