import { Aws } from 'aws-cdk-lib';
import type { Environment } from '../../config/environment.ts';
import { bucketArn, machineArn } from '../../config/names.ts';
import { items, type Permission } from '../../constructs/permissions.ts';
import type { ProcessingStack } from '../processing.ts';
import { ofOneRun, type StorageStack } from '../storage.ts';

/** All that a worker may do. */
export function workerPermissions(
  config: Environment,
  storage: StorageStack,
  processing: ProcessingStack,
  clusterName: string,
): Permission[] {
  const queues = [processing.express.queue.queueArn, processing.bulk.queue.queueArn];
  return [
    {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:SendMessage'],
      resources: queues,
    },
    items(storage.videos, 'GetItem', 'UpdateItem'),
    items(storage.jobs, 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
    {
      actions: ['s3:GetObject'],
      resources: ['sources', 'remuxed', 'peeks', 'pictures'].map(
        (prefix) => `${bucketArn(config, 'uploads')}/${prefix}/*`,
      ),
      because: 'Sources are named by video and upload: a worker reads whichever its job is about.',
    },
    {
      actions: ['s3:PutObject'],
      resources: [
        `${bucketArn(config, 'uploads')}/remuxed/*`,
        `${bucketArn(config, 'uploads')}/peeks/*`,
        `${bucketArn(config, 'uploads')}/logs/*`,
        `${bucketArn(config, 'media')}/media/*`,
      ],
      because: 'Results are named by video and attempt: a worker writes whichever its job is about.',
    },
    {
      actions: ['s3:AbortMultipartUpload'],
      resources: [`${bucketArn(config, 'uploads')}/remuxed/*`],
      because: 'A copy that comes to nothing goes at once, whichever source it is of.',
    },
    {
      actions: ['s3:GetObject'],
      resources: [`${bucketArn(config, 'media')}/media/*`],
      because:
        'Before it encodes what a viewer waits for, a worker looks whether it is there; after, it tells of what is stored.',
    },
    // Without it S3 answers 403, not 404, for what is not there: a source that is gone, a segment not made yet.
    {
      actions: ['s3:ListBucket'],
      resources: [storage.buckets.uploads.bucketArn, storage.buckets.media.bucketArn],
    },
    {
      actions: ['kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt'],
      resources: [storage.contentKey.keyArn],
      conditions: ofOneRun,
    },
    { actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'], resources: [machineArn(config)] },
    {
      actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
      resources: [`arn:${Aws.PARTITION}:ecs:${config.region}:${Aws.ACCOUNT_ID}:task/${clusterName}/*`],
      because:
        'A task protects itself while it works, under an id that it gets when it starts; these are all of this fleet.',
    },
    { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
  ];
}
