/** After this long what people gave a video counts half as much. */
const halfLifeMs = 24 * 3600 * 1000;
/** A comment takes more than a like. */
const pointsOf = { like: 1, comment: 2 } as const;
/** A step is 1.1 % more points: one like of a thousand moves nothing, and costs no write. */
const stepsPerDoubling = 64;

export const pointsFor = (counts: { readonly likes: number; readonly comments: number }): number =>
  counts.likes * pointsOf.like + counts.comments * pointsOf.comment;

/**
 * How high a video that was published at `listedAt` (ms) stands among the trending ones; undefined if nobody has given it
 * anything. Points halve with each half-life, and of what halves alike the order does not change with time:
 * p · 2^(−(now − listedAt) / h) sorts as log2(p) + listedAt / h. So a place is reckoned when points change, and never anew.
 */
export const heat = (points: number, listedAt: number): number | undefined =>
  points <= 0 ? undefined : Math.round((Math.log2(1 + points) + listedAt / halfLifeMs) * stepsPerDoubling);
