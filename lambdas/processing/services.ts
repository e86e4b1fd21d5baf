import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Publish } from '../../platform/clients/events.ts';
import type { SendJobs } from '../../platform/job-queues.ts';
import type { Jobs } from '../../platform/records/jobs/jobs.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { ReleaseStage } from '../../platform/stage-release.ts';
import type { Transcoder } from './mediaconvert/transcoder.ts';

/** What the use cases of this service are made of; each names those it needs. */
export interface Services {
  readonly jobs: Jobs;
  readonly videos: Videos;
  readonly sendJobs: SendJobs;
  readonly releaseStage: ReleaseStage;
  readonly publish: Publish;
  readonly media: { readonly s3: S3Client; readonly bucket: string };
  /** MediaConvert, in an environment that has it. */
  readonly transcoder: Transcoder | undefined;
  readonly executions: { readonly sfn: SFNClient; readonly stateMachineArn: string };
  /** Bulk messages of one video at a time. */
  readonly outstandingPerVideo: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
