/** The speeds to choose from, as factors, slowest first. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export const speedLabel = (rate: number): string => `${rate}×`;

/** The next speed beside this one, faster or (-1) slower; the same at either end. */
export const besideSpeed = (rate: number, by: 1 | -1): number =>
  (by === 1 ? speeds.find((speed) => speed > rate) : speeds.findLast((speed) => speed < rate)) ?? rate;
