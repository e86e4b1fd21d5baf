import * as z from 'zod';
import { ByteSpan } from '../media/key-frame.ts';
import { type Extra, MissingExtra } from './extras.ts';

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

/** What a finished job reports: the segments it made, what it cost, and what it could not make. */
export const JobResult = z.object({
  segments: z.array(StoredSegment),
  /** User and system time of the job's child processes, in seconds. */
  cpuSeconds: z.number().nonnegative(),
  wallSeconds: z.number().nonnegative(),
  /** What it came to without. */
  missing: z.array(MissingExtra).optional(),
});
export type JobResult = z.infer<typeof JobResult>;

/** Of a job that was given up. */
export const resultWithout = (missing: MissingExtra): JobResult => ({
  segments: [],
  cpuSeconds: 0,
  wallSeconds: 0,
  missing: [missing],
});

/** The extras that these jobs came to without, each once. */
export const missingExtras = (jobs: readonly { readonly result?: JobResult | undefined }[]): Extra[] => [
  ...new Set(jobs.flatMap(({ result }) => result?.missing ?? []).map(({ extra }) => extra)),
];
