import * as z from 'zod';
import { Engine, MediaConvertReach } from '../domain/media/engine.ts';

/** The worker's environment, in a container and as a local process. */
export const env = z.object({
  VIDEOS_TABLE: z.string(),
  JOBS_TABLE: z.string(),
  UPLOADS_BUCKET: z.string(),
  MEDIA_BUCKET: z.string(),
  EXPRESS_QUEUE_URL: z.url(),
  BULK_QUEUE_URL: z.url(),
  EVENT_BUS_NAME: z.string(),
  /** The binaries; static builds. */
  FFMPEG: z.string(),
  FFPROBE: z.string(),
  PACKAGER: z.string(),
  /** Private working space; emptied at start. */
  SCRATCH_DIR: z.string(),
  /** Rungs of more lines are encoded when first watched, unless a video's creator chose otherwise. */
  EAGER_LINES: z.coerce.number().int().min(0),
  /** Whether titles are encrypted, unless a video's creator chose otherwise; and what their keys are made under. */
  PROTECTION: z.enum(['clear', 'cbcs']),
  CONTENT_KEY_ARN: z.string(),
  /** Who encodes titles, unless a video's creator chose otherwise; and what MediaConvert may be given. */
  ENGINE: Engine,
  MEDIACONVERT_REACH: MediaConvertReach,
  /** Bulk jobs at a time; an express slot comes on top. */
  BULK_SLOTS: z.coerce.number().int().min(1).max(64),
});
export type WorkerEnv = z.infer<typeof env>;

/** What ECS tells its tasks by itself: where it takes requests of theirs. Absent anywhere else. */
export const ecsEnv = z.object({ ECS_AGENT_URI: z.url().optional() });
