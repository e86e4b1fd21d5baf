/** Reads one object of a stream by its path. @throws Error if it is not there. */
export type ReadObject = (path: string) => Promise<Uint8Array>;

export const readText = async (read: ReadObject, path: string): Promise<string> =>
  new TextDecoder().decode(await read(path));

/** A segment as a manifest lists it. */
export interface ListedSegment {
  readonly path: string;
  readonly seconds: number;
}

/** One rung or audio rendition as a manifest lists it. */
export interface ListedTrack {
  readonly kind: 'audio' | 'video';
  readonly initPath: string;
  readonly segments: readonly ListedSegment[];
  /** Bit/s: in HLS that of the variant with its audio, in DASH that of the representation alone; HLS lists none for audio. */
  readonly bandwidth?: number;
  readonly averageBandwidth?: number;
  /** All of a variant's codecs in HLS, one in DASH. */
  readonly codecs?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly framesPerSecond?: number;
  readonly language?: string;
}

/** What one of a title's two entry manifests says. */
export interface Listing {
  readonly tracks: readonly ListedTrack[];
  readonly faults: readonly string[];
}

/** A path relative to the object that names it. */
export const pathFrom = (base: string, reference: string): string => {
  const url = new URL(reference, new URL(base, 'http://site.invalid'));
  return url.pathname + url.search;
};

export const totalSeconds = (track: ListedTrack): number => track.segments.reduce((sum, s) => sum + s.seconds, 0);

/** What a track is called: the folder of its files. */
export const trackName = ({ initPath }: Pick<ListedTrack, 'initPath'>): string =>
  initPath.split('/').at(-2) ?? initPath;
