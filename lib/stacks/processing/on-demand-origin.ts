import { CrossStackReferences, ReferenceStrength } from 'aws-cdk-lib';
import { FunctionUrl, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { env } from '../../../lambdas/origin/env.ts';
import { bucketArn } from '../../config/names.ts';
import { minutes } from '../../constructs/alarms.ts';
import { items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { ProcessingParts } from './functions.ts';

/** The distribution's second origin for media: a function URL that only a signed request of the distribution opens. */
export class OnDemandOrigin extends Construct {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, { config, storage, express, bulk, alarms }: ProcessingParts) {
    super(scope, id);
    const origin = new ServiceFunction(this, 'Origin', {
      config,
      entry: 'lambdas/origin/handler.ts',
      description: 'Media that is listed but not encoded yet: raises it and holds the request',
      schema: env,
      environment: {
        VIDEOS_TABLE: storage.videos.tableName,
        JOBS_TABLE: storage.jobs.tableName,
        MEDIA_BUCKET: storage.buckets.media.bucketName,
        EXPRESS_QUEUE_URL: express.queue.queueUrl,
        BULK_QUEUE_URL: bulk.queue.queueUrl,
      },
      // It holds a request for 20 s, and looks around before.
      timeoutSeconds: 28,
      atOnce: config.processing.heldRequests,
      // It waits nearly all of its time.
      memoryMb: 512,
      afterFailure: 'Called by the distribution, which waits: the player gets the error and asks again.',
      permissions: [
        items(storage.videos, 'GetItem'),
        items(storage.jobs, 'GetItem', 'PutItem', 'UpdateItem'),
        { actions: ['sqs:SendMessage'], resources: [express.queue.queueArn] },
        {
          actions: ['s3:GetObject'],
          resources: [`${bucketArn(config, 'media')}/media/*`],
          because: 'It looks whether what a viewer asks for is there, whichever title it is of.',
        },
        // Without it S3 answers 403, not 404, for a segment that is not made yet.
        { actions: ['s3:ListBucket'], resources: [storage.buckets.media.bucketArn] },
      ],
    });
    this.url = new FunctionUrl(this, 'Url', { function: origin.lambda, authType: FunctionUrlAuthType.AWS_IAM });
    // The distribution takes the host name out of the URL, and CloudFormation splits what it imports, but no stack's output.
    CrossStackReferences.of(this.url).produce(ReferenceStrength.STRONG);
    alarms.raise(this, 'origin-failing', {
      metric: origin.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 2,
    });
  }
}
