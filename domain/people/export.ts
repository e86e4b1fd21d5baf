import * as z from 'zod';
import { ExportId } from '../ids.ts';

/** A copy can be fetched for so long; the bucket removes it about then. */
export const exportLifetimeMs = 24 * 3600 * 1000;
/** One that is not made after so long never will be: another may be asked for. */
export const exportPatienceMs = 20 * 60 * 1000;

/** The last copy that a person asked for. Times are ms since the epoch. */
export const ExportRecord = z.object({
  exportId: ExportId,
  requestedAt: z.int(),
  /** Since when it can be fetched, and how large it is. */
  madeAt: z.int().optional(),
  sizeBytes: z.int().optional(),
});
export type ExportRecord = z.infer<typeof ExportRecord>;

export type ExportState = 'pending' | 'ready' | 'failed' | 'expired';

export function exportState({ requestedAt, madeAt }: ExportRecord, now: number): ExportState {
  if (madeAt !== undefined) return now < madeAt + exportLifetimeMs ? 'ready' : 'expired';
  return now < requestedAt + exportPatienceMs ? 'pending' : 'failed';
}

/** Where copies lie in the uploads bucket. */
export const exportPrefix = (userId: string) => `exports/${userId}/`;
export const exportKey = (userId: string, exportId: string) => `${exportPrefix(userId)}${exportId}.json`;
