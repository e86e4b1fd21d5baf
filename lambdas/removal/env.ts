import * as z from 'zod';
import { Cdn } from '../../platform/cdn-purge.ts';

export const env = z.object({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  UPLOADS_TABLE: z.string(),
  QUOTAS_TABLE: z.string(),
  UPLOADS_BUCKET: z.string(),
  MEDIA_BUCKET: z.string(),
  STATE_MACHINE_ARN: z.string(),
  EVENT_BUS_NAME: z.string(),
  /** The CDN, as JSON. */
  CDN: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(Cdn),
});
