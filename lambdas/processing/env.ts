import * as z from 'zod';

const jobQueues = { EXPRESS_QUEUE_URL: z.url(), BULK_QUEUE_URL: z.url() };

/** The state machine's stages: encode, finish, publish and the end that is not ready. */
export const stagesEnv = z.object({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  MEDIA_BUCKET: z.string(),
  EVENT_BUS_NAME: z.string(),
  ...jobQueues,
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
});

/** The consumer of the dead-letter queues: a job that failed too often fails its stage. */
export const deadLetterEnv = z.object({ JOBS_TABLE: z.string(), ...jobQueues });
