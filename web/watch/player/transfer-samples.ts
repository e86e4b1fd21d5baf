/** What Shaka tells with each piece of a download. */
export interface Piece {
  /** Time since the piece before; for the first one, since the request was sent. */
  readonly deltaMs: number;
  readonly bytes: number;
  /** From 1, or undefined where Shaka does not count. */
  readonly packetNumber: number | undefined;
  readonly timeToFirstByteMs: number | undefined;
}

export interface Sample {
  readonly deltaMs: number;
  readonly bytes: number;
}

/**
 * Below this Shaka takes a piece for a cache hit and ignores it (`abr.cacheLoadThreshold`). Without the waiting, whole
 * segments of a near edge are faster than that; so short pieces are added up until together they count.
 */
export const leastSampleMs = 5;

/**
 * Turns pieces of downloads into samples of the network's speed. A segment that is still being encoded is held back by
 * the origin: that time says nothing about the network, and is taken out of the first piece.
 */
export function transferSamples(): (piece: Piece) => Sample | undefined {
  let deltaMs = 0;
  let bytes = 0;
  return (piece) => {
    const waited = piece.packetNumber === 1 ? (piece.timeToFirstByteMs ?? 0) : 0;
    deltaMs += Math.max(0, piece.deltaMs - waited);
    bytes += piece.bytes;
    if (deltaMs < leastSampleMs) return undefined;
    const sample = { deltaMs, bytes };
    deltaMs = 0;
    bytes = 0;
    return sample;
  };
}
