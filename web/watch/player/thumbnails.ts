/** A picture within a sheet of many; all lengths in pixels. */
export interface Thumbnail {
  readonly sheet: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The picture that a cue of a thumbnails track names, by a spatial media fragment; undefined if it names none. */
export function thumbnailOf(cue: string, trackUrl: string): Thumbnail | undefined {
  const [, uri, ...place] = /^(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(cue.trim()) ?? [];
  if (uri === undefined) return undefined;
  const [x = 0, y = 0, width = 0, height = 0] = place.map(Number);
  return { sheet: new URL(uri, trackUrl).href, x, y, width, height };
}

/** Of what covers a time, in order and without gaps, the one of `seconds`. Found by halving: there are up to 1,500. */
export function at<C extends { readonly startTime: number }>(cues: ArrayLike<C>, seconds: number): C | undefined {
  let [low, high] = [0, cues.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.startTime ?? Number.POSITIVE_INFINITY) <= seconds) low = middle + 1;
    else high = middle;
  }
  return cues[low - 1];
}

/** What to show for a time of the title; undefined while the track is not there. */
export type ThumbnailAt = (seconds: number) => Thumbnail | undefined;
