import type { Logger } from '@aws-lambda-powertools/logger';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Extra } from '../domain/jobs/extras.ts';
import type { JobKind, MessageOf } from '../domain/jobs/jobs.ts';
import type { JobResult } from '../domain/jobs/results.ts';
import type { Dynamo } from '../platform/clients/dynamo.ts';
import type { Publish } from '../platform/clients/events.ts';
import type { ContentKeys } from '../platform/content-keys.ts';
import type { Jobs } from '../platform/records/jobs/jobs.ts';
import type { Videos } from '../platform/records/videos.ts';
import type { WorkerEnv } from './env.ts';

/** What a job is given to work with. */
export interface JobContext {
  readonly env: WorkerEnv;
  readonly clients: { readonly dynamo: Dynamo; readonly s3: S3Client };
  readonly jobs: Jobs;
  readonly videos: Videos;
  readonly contentKeys: ContentKeys;
  readonly publish: Publish;
  /** A directory of this job alone; removed when it ends. */
  readonly scratch: string;
  /** Aborted when the result is no longer wanted: by anybody, or of this worker, whose lease was lost or which is stopping. */
  readonly signal: AbortSignal;
  /** Makes an extra on the way. Undefined where it cannot be made: the job goes on, and tells what it came to without. */
  readonly tryExtra: <T>(extra: Extra, make: () => Promise<T>) => Promise<T | undefined>;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Does one job and answers what it made. May run more than once, also twice at a time on two workers.
 * @throws Rejection when the job can never succeed; anything else is a fault and the job is tried again.
 */
export type JobHandler<K extends JobKind> = (message: MessageOf<K>, context: JobContext) => Promise<JobResult>;

/** A kind without a handler does not compile. */
export type JobHandlers = { readonly [K in JobKind]: JobHandler<K> };
