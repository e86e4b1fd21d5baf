import * as z from 'zod';
import { httpEnv } from '../shared/env.ts';

export const env = httpEnv.extend({
  VIDEOS_TABLE: z.string(),
  /** Sources, and pictures as they are sent. */
  UPLOADS_BUCKET: z.string(),
  /** Captions as players get them. */
  MEDIA_BUCKET: z.string(),
  EVENT_BUS_NAME: z.string(),
  /** Jobs of pictures: their records and their queue. */
  JOBS_TABLE: z.string(),
  EXPRESS_QUEUE_URL: z.url(),
  BULK_QUEUE_URL: z.url(),
});

/** The publication of videos whose time has come, or that can be watched for the first time. */
export const publicationEnv = z.object({ VIDEOS_TABLE: z.string(), EVENT_BUS_NAME: z.string() });
