import * as z from 'zod';
import { JobPlace } from '../../domain/media/mediaconvert/configuration.ts';
import { httpEnv } from '../shared/env.ts';

const jobQueues = { EXPRESS_QUEUE_URL: z.url(), BULK_QUEUE_URL: z.url() };

/** MediaConvert as JSON; `null` in an environment without it. */
const mediaConvert = {
  MEDIACONVERT: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(JobPlace.nullable()),
};

/** The state machine's stages: encode, finish, publish and the end that is not ready. */
export const stagesEnv = z.object({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  MEDIA_BUCKET: z.string(),
  EVENT_BUS_NAME: z.string(),
  /** Bulk messages of one video outstanding at a time. */
  OUTSTANDING_PER_VIDEO: z.coerce.number().int().positive(),
  ...jobQueues,
  ...mediaConvert,
});

/** The listener to changes of captions. */
export const captionsEnv = z.object({ VIDEOS_TABLE: z.string(), JOBS_TABLE: z.string(), MEDIA_BUCKET: z.string() });

/** The safety net of S3 events: Object Created → start. */
export const startEnv = z.object({ VIDEOS_TABLE: z.string(), STATE_MACHINE_ARN: z.string() });

/** The scheduled reconciler: starts what was missed, sends lost messages again, releases finished stages. */
export const reconcileEnv = z.object({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  STATE_MACHINE_ARN: z.string(),
  EVENT_BUS_NAME: z.string(),
  ...jobQueues,
  ...mediaConvert,
});

/** The scheduled measuring of the backlog. */
export const backlogEnv = z.object({ VIDEOS_TABLE: z.string(), EXPRESS_QUEUE_URL: z.url(), ENVIRONMENT: z.string() });

/** The consumer of the dead-letter queues: a job that failed too often fails its stage. */
export const deadLetterEnv = z.object({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  ...jobQueues,
});

/** The consumer of MediaConvert's events. */
export const mediaConvertEventsEnv = z.object({ VIDEOS_TABLE: z.string(), JOBS_TABLE: z.string() });

/** The routes of runs and jobs. */
export const apiEnv = httpEnv.extend({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  UPLOADS_BUCKET: z.string(),
  STATE_MACHINE_ARN: z.string(),
});
