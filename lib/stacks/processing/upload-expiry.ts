import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { expiryEnv } from '../../../lambdas/upload/env.ts';
import { bucketArn } from '../../config/names.ts';
import { minutes } from '../../constructs/alarms.ts';
import { index, items } from '../../constructs/permissions.ts';
import { callByRule } from '../../constructs/rules.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { ProcessingParts } from './functions.ts';

/** Ends uploads that nobody has gone on with for a week, or whose completion died. Here, because what it finds complete is processed after all. */
export class UploadExpiry extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { config, storage, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'alarms'>,
  ) {
    super(scope, id);
    const expire = new ServiceFunction(this, 'ExpireUploads', {
      config,
      entry: 'lambdas/upload/expire.ts',
      description: 'Every five minutes: ends abandoned uploads, and those whose completion was not seen through',
      schema: expiryEnv,
      environment: {
        UPLOADS_TABLE: storage.uploads.tableName,
        VIDEOS_TABLE: storage.videos.tableName,
        QUOTAS_TABLE: storage.quotas.tableName,
        UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      },
      timeoutSeconds: 300,
      memoryMb: 512,
      afterFailure: 'What one call misses is done by the next, five minutes later.',
      permissions: [
        items(storage.uploads, 'GetItem', 'UpdateItem'),
        index(storage.uploads, 'open'),
        items(storage.quotas, 'GetItem', 'UpdateItem'),
        items(storage.videos, 'GetItem', 'UpdateItem'),
        {
          actions: ['s3:AbortMultipartUpload', 's3:GetObject'],
          resources: [`${bucketArn(config, 'uploads')}/sources/*`],
          because: 'Sources are named by video and upload; all of them, and nothing else, have this prefix.',
        },
        // Without it S3 answers 403, not 404, for a source that is not there.
        { actions: ['s3:ListBucket'], resources: [storage.buckets.uploads.bucketArn] },
      ],
    });
    callByRule(expire, { schedule: Schedule.rate(Duration.minutes(5)) });
    alarms.raise(this, 'expiry-failing', {
      metric: expire.lambda.metricErrors({ statistic: 'Sum', ...minutes(60) }),
      above: 0,
      periods: 3,
    });
  }
}
