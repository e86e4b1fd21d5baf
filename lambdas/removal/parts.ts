import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { PurgeCdn } from '../../platform/cdn-purge.ts';
import type { Publish } from '../../platform/clients/events.ts';
import type { Removals } from '../../platform/records/removals.ts';
import type { RemoveRun } from '../../platform/records/run-removal.ts';
import type { UploadSessions } from '../../platform/records/upload-sessions.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { CancelTranscode } from '../../platform/transcode-cancelling.ts';

/** What this service is made of; each use case names what it needs. */
export interface Parts {
  readonly videos: Pick<Videos, 'get' | 'change'>;
  readonly removals: Removals;
  readonly removeRun: RemoveRun;
  readonly uploads: UploadSessions;
  readonly s3: S3Client;
  readonly buckets: { readonly uploads: string; readonly media: string };
  readonly executions: { readonly sfn: SFNClient; readonly stateMachineArn: string };
  readonly cancelTranscode: CancelTranscode;
  readonly purgeCdn: PurgeCdn;
  readonly publish: Publish;
}

/** When a call is, and until when it may work: milliseconds since the epoch. */
export interface Span {
  readonly now: number;
  readonly until: number;
}
