import type { Construct } from 'constructs';
import { captionsChanged, eventSource } from '../../../domain/events/events.ts';
import { captionsEnv } from '../../../lambdas/processing/env.ts';
import { bucketArn } from '../../config/names.ts';
import { EventListener } from '../../constructs/event-listener.ts';
import { items } from '../../constructs/permissions.ts';
import type { ProcessingParts } from './functions.ts';

/** Writes the manifests of titles anew when their captions have changed. */
export function captionsListener(
  scope: Construct,
  { config, storage, events, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'events' | 'alarms'>,
): void {
  new EventListener(scope, 'Captions', {
    config,
    alarms,
    alarm: 'captions-failing',
    eventBus: events,
    eventPattern: { source: [eventSource], detailType: [captionsChanged.name] },
    entry: 'lambdas/processing/captions.ts',
    description: 'Captions changed → the manifests of the title anew',
    schema: captionsEnv,
    environment: {
      VIDEOS_TABLE: storage.videos.tableName,
      JOBS_TABLE: storage.jobs.tableName,
      MEDIA_BUCKET: storage.buckets.media.bucketName,
    },
    // It may list every segment of a title, as Finish does.
    timeoutSeconds: 300,
    memoryMb: 1024,
    permissions: [
      items(storage.videos, 'GetItem'),
      items(storage.jobs, 'GetItem', 'Query'),
      { actions: ['s3:ListBucket'], resources: [storage.buckets.media.bucketArn] },
      {
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [`${bucketArn(config, 'media')}/media/*`],
        because:
          'Manifests, ours and those that MediaConvert made, lie beside their segments, under ids that are not known before; all media has this prefix.',
      },
    ],
  });
}
