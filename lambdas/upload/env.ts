import * as z from 'zod';
import { MediaConvertReach } from '../../domain/media/engine.ts';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({
  /**
   * Key `uploadId`; indexes `byOwner` (ownerId, uploadId; all attributes) and the sparse `open` (open, expiresAt as a
   * number; keys only); time to live in `expiresAtSeconds`.
   */
  UPLOADS_TABLE: z.string(),
  VIDEOS_TABLE: z.string(),
  QUOTAS_TABLE: z.string(),
  /** What one creator may upload a day, and have kept. */
  UPLOADS_PER_DAY: z.coerce.number().int().positive(),
  UPLOAD_BYTES_PER_DAY: z.coerce.number().int().positive(),
  KEPT_BYTES: z.coerce.number().int().positive(),
  UPLOADS_BUCKET: z.string(),
  /** Peek jobs: their records and their queue. */
  JOBS_TABLE: z.string(),
  EXPRESS_QUEUE_URL: z.url(),
  BULK_QUEUE_URL: z.url(),
  STATE_MACHINE_ARN: z.string(),
  /** What may be given to MediaConvert: a wish for more is refused. */
  MEDIACONVERT_REACH: MediaConvertReach,
  /** Whether titles are encrypted whose creator does not say. */
  PROTECTION: z.enum(['clear', 'cbcs']),
});

/** The scheduled expiry of abandoned sessions. */
export const expiryEnv = z.object({
  UPLOADS_TABLE: z.string(),
  VIDEOS_TABLE: z.string(),
  QUOTAS_TABLE: z.string(),
  UPLOADS_BUCKET: z.string(),
});
