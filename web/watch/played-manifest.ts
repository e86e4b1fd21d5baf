import type { VideoState } from '../../domain/video/video.ts';

/** What a page is to play: a title in a format, and where that is; null while there is nothing. */
export interface Offered {
  readonly title: string;
  readonly manifest: string | null;
}

/**
 * What goes on being played when this is offered. A title that is processed anew gets another manifest, and whoever is in the
 * middle of it stays with the one they have: it goes on being served.
 */
export const played = (before: Offered, offered: Offered): Offered =>
  before.title === offered.title && before.manifest !== null && offered.manifest !== null ? before : offered;

/** How far a title is, and where its newest attempt is. */
export interface Progress {
  readonly state: VideoState;
  /** The share that is encoded. */
  readonly progress: number;
  readonly hls: string | null;
  readonly dash: string | null;
}

/** The share of what a manifest lists that is encoded: of an attempt that another has followed, all. */
export const encodedShare = (manifest: string, { state, progress, hls, dash }: Progress): number =>
  state === 'playable' && (manifest === hls || manifest === dash) ? progress : 1;
