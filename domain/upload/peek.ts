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
/**
 * More than 4 s of picture and sound up to 16 Mbit/s, and what is before them: where a writer puts the index there, some 3 MB an hour,
 * of which long files have more.
 */
const headBytes = (sizeBytes: number) => MiB * (8 + Math.min(8, Math.floor(sizeBytes / (256 * MiB))));
/** The index of a title, where a writer puts it at the end: some 2 MB an hour, so it grows with the file. */
const tailBytes = (sizeBytes: number) => MiB * Math.min(16, Math.max(4, Math.floor(sizeBytes / (128 * MiB))));
/**
 * A peek is sent beside the parts, not instead of them. Of a smaller file the rest would arrive hardly later: 64 MiB take
 * 27 s at 20 Mbit/s, of which the peek takes 5.
 */
const leastBytes = 64 * MiB;

/** The peek of a file; null where it gains nothing. */
export const peekOf = (sizeBytes: number): PeekRanges | null =>
  sizeBytes <= leastBytes
    ? null
    : { head: { from: 0, to: headBytes(sizeBytes) }, tail: { from: sizeBytes - tailBytes(sizeBytes), to: sizeBytes } };
