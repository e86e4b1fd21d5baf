import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({
  UPLOADS_TABLE: z.string(),
  VIDEOS_TABLE: z.string(),
  UPLOADS_BUCKET: z.string(),
  STATE_MACHINE_ARN: z.string(),
});

/** The scheduled expiry of abandoned sessions. */
export const expiryEnv = z.object({ UPLOADS_TABLE: z.string(), VIDEOS_TABLE: z.string(), UPLOADS_BUCKET: z.string() });
