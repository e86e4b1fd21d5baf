/** Bytes [from, to) of a file. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** What of a file is sent ahead of it, as two objects beside its multipart upload. */
export interface PeekRanges {
  readonly head: ByteRange;
  readonly tail: ByteRange;
}

/** The two ends of a peek, by name: what their objects are called. */
export const peekEnds = ['head', 'tail'] as const;
export type PeekEnd = (typeof peekEnds)[number];

const MiB = 1024 * 1024;
/** More than 4 s of picture and sound up to 16 Mbit/s, and what is before them. */
const headBytes = 8 * MiB;
/** The index of a title of some hours, where a writer puts it at the end. */
const tailBytes = 4 * MiB;

/**
 * The peek of a file, or null where the rest of it would arrive hardly later: a file of twice the peek, 24 MiB, takes 10 s
 * at 20 Mbit/s, of which its verdict would take 6.
 */
export const peekOf = (sizeBytes: number): PeekRanges | null =>
  sizeBytes <= 2 * (headBytes + tailBytes)
    ? null
    : { head: { from: 0, to: headBytes }, tail: { from: sizeBytes - tailBytes, to: sizeBytes } };
