import * as z from 'zod';
import { ByteSpan } from '../media/key-frame.ts';

/** A segment as it stands in the media bucket: what manifests are measured from. */
export const StoredSegment = z.object({
  /** A rung's name or an audio rendition's. */
  track: z.string(),
  /** Counts from 1 over the whole title. */
  number: z.int().positive(),
  sizeBytes: z.int().positive(),
  /** Of a segment of a rung: what to read of it for its first picture alone. */
  keyFrame: ByteSpan.optional(),
});
export type StoredSegment = z.infer<typeof StoredSegment>;

/** What a finished job reports: the segments it made, and what it cost. */
export const JobResult = z.object({
  segments: z.array(StoredSegment),
  /** User and system time of the job's child processes, in seconds. */
  cpuSeconds: z.number().nonnegative(),
  wallSeconds: z.number().nonnegative(),
});
export type JobResult = z.infer<typeof JobResult>;
