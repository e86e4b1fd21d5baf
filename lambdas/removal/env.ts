import * as z from 'zod';
import { JobPlace } from '../../domain/media/mediaconvert/configuration.ts';
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
  /** Where MediaConvert listens, as JSON; `null` in an environment without it. */
  MEDIACONVERT: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(JobPlace.pick({ endpoint: true }).nullable()),
  /** The CDN, as JSON. */
  CDN: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(Cdn),
});
