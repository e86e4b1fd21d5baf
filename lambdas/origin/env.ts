import * as z from 'zod';

export const env = z.object({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  MEDIA_BUCKET: z.string(),
  EXPRESS_QUEUE_URL: z.url(),
  BULK_QUEUE_URL: z.url(),
});
