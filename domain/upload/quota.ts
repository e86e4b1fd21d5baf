import * as z from 'zod';

/** What one creator may upload in a day (of UTC), and how much of theirs is kept. */
export interface UploadQuota {
  readonly uploadsPerDay: number;
  readonly bytesPerDay: number;
  /** Of all sources together, from when an upload begins to when the source is gone. */
  readonly keptBytes: number;
}

/** What a creator has used. */
export const QuotaUse = z.object({
  /** The day that the next two speak of, e.g. 2026-11-26. */
  day: z.iso.date(),
  uploadsPerDay: z.int(),
  bytesPerDay: z.int(),
  keptBytes: z.int(),
});
export type QuotaUse = z.infer<typeof QuotaUse>;

const dayMs = 24 * 3600 * 1000;

export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** When the day's part begins anew. Milliseconds since the epoch. */
export const resetsAt = (now: number): number => (Math.floor(now / dayMs) + 1) * dayMs;

/**
 * What is used as of `now`: of an earlier day nothing of the day's part counts. A request that came in before midnight may
 * meet one that came in after it and was quicker: days never go back.
 */
export function usedAt(use: QuotaUse | undefined, now: number): QuotaUse {
  const day = dayOf(now);
  if (use !== undefined && use.day >= day) return use;
  return { day, uploadsPerDay: 0, bytesPerDay: 0, keptBytes: use?.keptBytes ?? 0 };
}

/** A part of the quota that an upload of `sizeBytes` does not fit into any more, the lasting one first; undefined if it fits. */
export function exceededBy(quota: UploadQuota, use: QuotaUse, sizeBytes: number): keyof UploadQuota | undefined {
  if (use.keptBytes + sizeBytes > quota.keptBytes) return 'keptBytes';
  if (use.bytesPerDay + sizeBytes > quota.bytesPerDay) return 'bytesPerDay';
  return use.uploadsPerDay + 1 > quota.uploadsPerDay ? 'uploadsPerDay' : undefined;
}
