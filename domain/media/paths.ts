import type { PeekEnd } from '../upload/peek.ts';

/**
 * Where media lives. A path is the object's key in the media bucket and, behind one more slash, its URL on the site,
 * so that a CDN needs no rewriting. One attempt never mixes with another.
 */
export const mediaPrefix = (videoId: string) => `media/${videoId}`;
export const attemptPrefix = (videoId: string, attempt: number) => `${mediaPrefix(videoId)}/${attempt}`;

export const hlsMasterKey = (videoId: string, attempt: number) => `${attemptPrefix(videoId, attempt)}/master.m3u8`;
export const dashManifestKey = (videoId: string, attempt: number) => `${attemptPrefix(videoId, attempt)}/manifest.mpd`;
/** A candidate for the poster; `number` counts from 1, the best first. */
export const posterKey = (videoId: string, attempt: number, number: number) =>
  `${attemptPrefix(videoId, attempt)}/posters/${number}.jpg`;
/** What was made of a picture that a creator sent; of no attempt, since it stands for the video whatever is encoded. */
export const pictureKey = (videoId: string, pictureId: string) => `media/${videoId}/pictures/${pictureId}.jpg`;

/** Captions: of a video, not of one run, so that they stay when it is processed again. */
export const captionsPrefix = (videoId: string) => `${mediaPrefix(videoId)}/captions`;
export const captionsKey = (videoId: string, digest: string) => `${captionsPrefix(videoId)}/${digest}.vtt`;
export const captionsPlaylistName = (digest: string) => `captions-${digest}.m3u8`;
export const captionsPlaylistKey = (videoId: string, attempt: number, digest: string) =>
  `${attemptPrefix(videoId, attempt)}/${captionsPlaylistName(digest)}`;

/** `track` is a rung's name (`360p`) or an audio rendition's (`audio-1`). */
export const mediaPlaylistKey = (videoId: string, attempt: number, track: string) =>
  `${attemptPrefix(videoId, attempt)}/${track}.m3u8`;
export const initKey = (videoId: string, attempt: number, track: string) =>
  `${attemptPrefix(videoId, attempt)}/${track}/init.mp4`;
/** `number` counts from 1 over the whole title. */
export const segmentKey = (videoId: string, attempt: number, track: string, number: number) =>
  `${attemptPrefix(videoId, attempt)}/${track}/${number}.m4s`;

/** Where MediaConvert puts what it makes of a title, below the manifests that players know. */
export const transcodedFolder = 'mediaconvert';
/** All its names begin with this; with `.m3u8` and `.mpd` after it they are its manifests. */
export const transcodedBase = (videoId: string, attempt: number) =>
  `${attemptPrefix(videoId, attempt)}/${transcodedFolder}/title`;
/** The Media Playlist of a rung's I-frames. */
export const iFramePlaylistKey = (videoId: string, attempt: number, rung: string) =>
  `${attemptPrefix(videoId, attempt)}/${rung}-iframes.m3u8`;

/** The thumbnails track, and a sheet of pictures that it names, by its path from the track. `number` counts from 1. */
export const storyboardTrackKey = (videoId: string, attempt: number) =>
  `${attemptPrefix(videoId, attempt)}/storyboard.vtt`;
export const storyboardSheetPath = (number: number) => `storyboard/${number}.jpg`;
export const storyboardSheetKey = (videoId: string, attempt: number, number: number) =>
  `${attemptPrefix(videoId, attempt)}/${storyboardSheetPath(number)}`;

/** What a key of the media bucket names: segment `number` of a track, or its initialization segment. */
export interface MediaPath {
  readonly videoId: string;
  readonly attempt: number;
  readonly track: string;
  readonly number: number | 'init';
}

/** Undefined if it is not the key of a segment. Numbers have one form only: an alias would be encoded for nothing. */
export function parseMediaKey(key: string): MediaPath | undefined {
  const [, videoId, attempt, track, init, number] =
    /^media\/([^/]+)\/([1-9]\d{0,8})\/([^/]+)\/(?:(init)\.mp4|([1-9]\d{0,8})\.m4s)$/.exec(key) ?? [];
  if (videoId === undefined || track === undefined) return undefined;
  return { videoId, attempt: Number(attempt), track, number: init ? 'init' : Number(number) };
}

export const sourcePrefix = (videoId: string) => `sources/${videoId}`;
/** The key of an uploaded source; written once. */
export const sourceKey = (videoId: string, uploadId: string) => `${sourcePrefix(videoId)}/${uploadId}`;
/** A source whose container cannot be sought in, remuxed once for the workers. */
export const remuxedSourceKey = (videoId: string, attempt: number) => `remuxed/${videoId}/${attempt}`;

/** Where a peek and what is made of it lie: as private as sources, and for days only. */
const peekPrefix = (videoId: string, uploadId: string) => `peeks/${videoId}/${uploadId}`;
export const peekKey = (videoId: string, uploadId: string, end: PeekEnd) => `${peekPrefix(videoId, uploadId)}/${end}`;
export const peekResultKey = (videoId: string, uploadId: string) => `${peekPrefix(videoId, uploadId)}/result.json`;
export const peekPosterKey = (videoId: string, uploadId: string) => `${peekPrefix(videoId, uploadId)}/poster.jpg`;
export const peekTrackKeys = (videoId: string, uploadId: string, track: string) => ({
  init: `${peekPrefix(videoId, uploadId)}/${track}/init.mp4`,
  segment: `${peekPrefix(videoId, uploadId)}/${track}/1.m4s`,
});

/** What the programs of a failed try said; kept for weeks, as private as sources. */
export const tryLogKey = (videoId: string, attempt: number, jobId: string, tryNumber: number) =>
  `logs/${videoId}/${attempt}/${jobId}-${tryNumber}.log`;
/** A picture as its creator sent it, in the uploads bucket: for days only, and for nobody to see. */
export const sentPictureKey = (videoId: string, pictureId: string) => `pictures/${videoId}/${pictureId}`;

/** Where the manifests of a deleted video are, by their keys in the media bucket. */
export const withheldPrefix = (videoId: string) => `withheld/${videoId}`;
export const withheldKey = (mediaKey: string) => mediaKey.replace(/^media\//, 'withheld/');
export const mediaOfWithheld = (key: string) => key.replace(/^withheld\//, 'media/');

/** All that the uploads bucket keeps lies under these, and below them under the id of its video. */
export const keptKinds = ['sources', 'remuxed', 'peeks', 'logs', 'pictures', 'withheld'] as const;

/** The video a source's key belongs to, or undefined if it is not a source's key. */
export function parseSourceKey(key: string): { videoId: string; uploadId: string } | undefined {
  const match = /^sources\/([^/]+)\/([^/]+)$/.exec(key);
  return match?.[1] && match[2] ? { videoId: match[1], uploadId: match[2] } : undefined;
}
