import { Aws, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { eventSource, videoDeleted, videoRestored } from '../../domain/events/events.ts';
import { keptKinds } from '../../domain/media/paths.ts';
import { env } from '../../lambdas/removal/env.ts';
import { uploadsByVideoIndex } from '../../platform/records/upload-sessions.ts';
import { removalIndex } from '../../platform/records/videos.ts';
import type { Environment } from '../config/environment.ts';
import { bucketArn, executionArns, machineArn } from '../config/names.ts';
import { EventListener } from '../constructs/event-listener.ts';
import { index, items } from '../constructs/permissions.ts';
import { cancelTranscodes } from './processing/media-convert.ts';
import type { ProcessingStack } from './processing.ts';
import type { StorageStack } from './storage.ts';

export interface RemovalProps extends StackProps {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly processing: ProcessingStack;
  /** Absent where something else stands in for the distribution. */
  readonly distributionId: string | undefined;
}

/** Ends what a deleted video is doing, and removes in time what is left of it. Behind the distribution, whose copies it purges. */
export class RemovalStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { config, storage, processing, distributionId = 'local', ...props }: RemovalProps,
  ) {
    super(scope, id, props);
    const { uploads, media } = storage.buckets;
    const { mediaConvert } = config.processing;
    const prefixes = keptKinds.map((kind) => `${bucketArn(config, 'uploads')}/${kind}/*`);
    const because = 'All that is kept of a video lies under its id, and any video may be deleted.';

    new EventListener(this, 'Remove', {
      config,
      alarms: processing.alarms,
      alarm: 'purge-failing',
      eventBus: processing.events,
      eventPattern: { source: [eventSource], detailType: [videoDeleted.name, videoRestored.name] },
      schedule: Schedule.rate(Duration.minutes(5)),
      entry: 'lambdas/removal/handler.ts',
      description: 'Every five minutes and on deletions: removes what is left of deleted videos and older attempts',
      schema: env,
      environment: {
        VIDEOS_TABLE: storage.videos.tableName,
        JOBS_TABLE: storage.jobs.tableName,
        UPLOADS_TABLE: storage.uploads.tableName,
        QUOTAS_TABLE: storage.quotas.tableName,
        UPLOADS_BUCKET: uploads.bucketName,
        MEDIA_BUCKET: media.bucketName,
        STATE_MACHINE_ARN: processing.machine.stateMachineArn,
        EVENT_BUS_NAME: processing.events.eventBusName,
        MEDIACONVERT: JSON.stringify(mediaConvert ? { endpoint: mediaConvert.endpoint } : null),
        CDN: this.toJsonString({ endpoint: config.cdnEndpoint, distributionId }),
      },
      // Tens of thousands of objects go in a minute or two; what does not go is the next call's.
      timeoutSeconds: 300,
      memoryMb: 512,
      permissions: [
        items(storage.videos, 'GetItem', 'PutItem', 'UpdateItem'),
        index(storage.videos, removalIndex),
        items(storage.uploads, 'GetItem', 'UpdateItem', 'DeleteItem'),
        items(storage.quotas, 'GetItem', 'UpdateItem'),
        index(storage.uploads, uploadsByVideoIndex),
        items(storage.jobs, 'GetItem', 'Query', 'UpdateItem', 'BatchWriteItem'),
        ...(mediaConvert ? [cancelTranscodes(config)] : []),
        {
          actions: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
          resources: [uploads.bucketArn],
        },
        { actions: ['s3:ListBucket', 's3:ListBucketVersions'], resources: [media.bucketArn] },
        {
          actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
          resources: [...prefixes, `${bucketArn(config, 'media')}/media/*`],
          because,
        },
        { actions: ['s3:AbortMultipartUpload'], resources: [`${bucketArn(config, 'uploads')}/sources/*`], because },
        {
          // Manifests are moved out of sight, and back.
          actions: ['s3:GetObject', 's3:PutObject'],
          resources: [`${bucketArn(config, 'media')}/media/*`, `${bucketArn(config, 'uploads')}/withheld/*`],
          because,
        },
        { actions: ['states:StartExecution'], resources: [machineArn(config)] },
        {
          actions: ['states:StopExecution'],
          resources: [executionArns(config)],
          because: 'Executions are named by video and attempt; these are all executions of this one machine.',
        },
        { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
        {
          actions: ['cloudfront:CreateInvalidation'],
          resources: [`arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distributionId}`],
        },
      ],
    });
  }
}
