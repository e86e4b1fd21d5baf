import type { Construct } from 'constructs';
import { env } from '../../../lambdas/content/env.ts';
import { routes } from '../../../lambdas/content/routes.ts';
import { byOwnerIndex, trashIndex } from '../../../platform/records/videos.ts';
import { bucketArn } from '../../config/names.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Videos as their creators see them. */
export function contentService(scope: Construct, parts: ServiceParts): Service {
  const { config, storage, processing } = parts;
  const { lambda } = new ServiceFunction(scope, 'Content', {
    ...usual(parts),
    entry: 'lambdas/content/handler.ts',
    description: 'Videos as their creators see them',
    schema: env,
    environment: {
      ...httpVariables(parts),
      VIDEOS_TABLE: storage.videos.tableName,
      UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
      MEDIA_BUCKET: storage.buckets.media.bucketName,
      EVENT_BUS_NAME: processing.events.eventBusName,
      JOBS_TABLE: storage.jobs.tableName,
      EXPRESS_QUEUE_URL: processing.express.queue.queueUrl,
      BULK_QUEUE_URL: processing.bulk.queue.queueUrl,
    },
    permissions: [
      ...guarded(parts),
      items(storage.videos, 'GetItem', 'UpdateItem'),
      index(storage.videos, byOwnerIndex),
      index(storage.videos, trashIndex),
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/pictures/*`],
        because: 'Pictures are named by their video; all of them, and nothing else, have this prefix.',
      },
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn(config, 'uploads')}/sources/*`],
        because: 'Sources are named by video and upload; who asks gets an address of one of their own.',
      },
      // Without it S3 answers 403, not 404, for a picture or a source that is not there.
      { actions: ['s3:ListBucket'], resources: [storage.buckets.uploads.bucketArn] },
      items(storage.jobs, 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      { actions: ['sqs:SendMessage'], resources: [processing.express.queue.queueArn] },
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn(config, 'media')}/media/*/captions/*`],
        because: 'Captions are named by their video: all of them, and nothing else, lie under this name.',
      },
      { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
    ],
  });
  return { name: 'Content', routes, lambda };
}
