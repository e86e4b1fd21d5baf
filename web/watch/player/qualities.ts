export interface Size {
  readonly width: number | null;
  readonly height: number | null;
}

export interface Rung {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** A quality's name on the ladder; for a size that is not on it, named by its short side, as the ladder is. */
export function qualityName({ width, height }: Size, rungs: readonly Rung[]): string {
  const rung = rungs.find((candidate) => candidate.width === width && candidate.height === height);
  if (rung) return rung.name;
  return width === null || height === null ? '' : `${Math.min(width, height)}p`;
}

/** The names of all qualities that can be chosen, best first. */
export function qualityNames(tracks: readonly Size[], rungs: readonly Rung[]): string[] {
  const best = tracks.toSorted((a, b) => (b.height ?? 0) * (b.width ?? 0) - (a.height ?? 0) * (a.width ?? 0));
  return [...new Set(best.map((track) => qualityName(track, rungs)))].filter((name) => name !== '');
}

/** The height of the cheapest quality in pixels; Infinity while there is no ladder. */
export const lowestHeight = (rungs: readonly Rung[]): number =>
  Math.min(Number.POSITIVE_INFINITY, ...rungs.map(({ height }) => height));
