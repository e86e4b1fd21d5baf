/**
 * Which frames of a title may stand for it. Judged by small gray pictures: what cannot be told at 160 pixels does not matter
 * in a list of videos.
 */

/** The size of the gray pictures that frames are judged by; their length is the product. */
export const judged = { width: 160, height: 90 } as const;

/** A frame that was looked at. */
export interface Look {
  /** Where in the title, 0 to 1. */
  readonly place: number;
  /** `judged.width` × `judged.height` samples, row by row. */
  readonly gray: Uint8Array;
}

/** A title has at most so many candidates. */
export const maxCandidates = 3;

/** Below this interest a picture is all but black, white or plain. */
const dull = 0.1;
/** Two pictures that differ by less than this on the average, of 255, are one to whoever chooses. */
const leastDifference = 5;
/** The mean change from pixel to pixel of a picture that is as sharp as one needs; a defocused one has a third of it. */
const sharpChange = 12;

const meanOf = (values: Uint8Array) => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * How much there is to see in a gray picture, 0 to 1: the spread of its brightness, nothing for one that is black or
 * white all over.
 */
export function interest(gray: Uint8Array): number {
  if (gray.length === 0) return 0;
  const mean = meanOf(gray);
  const deviation = Math.sqrt(gray.reduce((a, b) => a + (b - mean) ** 2, 0) / gray.length);
  const lit = Math.min(1, mean / 40, (255 - mean) / 20);
  return Math.max(0, Math.min(1, deviation / 64)) * Math.max(0, lit);
}

/** How sharp a picture is, 0 to 1: the mean of its second differences (its Laplacian), which blur takes away first. */
export function sharpness(gray: Uint8Array): number {
  const { width, height } = judged;
  const sample = (x: number, y: number) => gray[y * width + x] ?? 0;
  let change = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const around = sample(x - 1, y) + sample(x + 1, y) + sample(x, y - 1) + sample(x, y + 1);
      change += Math.abs(4 * sample(x, y) - around) / 4;
    }
  }
  return Math.min(1, change / ((width - 2) * (height - 2)) / sharpChange);
}

const isDull = ({ gray }: Look) => interest(gray) < dull;
const worth = ({ gray }: Look) => interest(gray) * (0.4 + 0.6 * sharpness(gray));

/** The mean difference of two gray pictures of one size, of 255. */
const difference = (a: Look, b: Look) =>
  a.gray.reduce((sum, value, i) => sum + Math.abs(value - (b.gray[i] ?? 0)), 0) / a.gray.length;

const thirdOf = ({ place }: Look) => Math.min(2, Math.floor(place * 3));

/**
 * The candidates among some looks, the best first: no two alike, none dull unless there is nothing else, and of different
 * thirds of the title before two of one.
 */
export function candidatesOf<L extends Look>(looks: readonly L[]): L[] {
  const worthy = looks.filter((look) => !isDull(look));
  const ranked = (worthy.length > 0 ? worthy : looks)
    .map((look) => ({ look, worth: worth(look) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ look }) => look);
  const chosen: L[] = [];
  const take = (fits: (look: L) => boolean) => {
    for (const look of ranked) {
      if (chosen.length === maxCandidates) return;
      if (fits(look) && chosen.every((other) => difference(look, other) >= leastDifference)) chosen.push(look);
    }
  };
  take((look) => chosen.every((other) => thirdOf(other) !== thirdOf(look)));
  take(() => true);
  return chosen;
}

/** Whether these looks are enough: all candidates that a title may have, none of them dull. */
export const isEnough = (candidates: readonly Look[]): boolean =>
  candidates.length === maxCandidates && !candidates.some(isDull);
