import { Construct } from 'constructs';
import { captionsChanged, eventSource } from '../../../domain/events/events.ts';
import { captionsEnv } from '../../../lambdas/processing/env.ts';
import { bucketArn } from '../../config/names.ts';
import { minutes } from '../../constructs/alarms.ts';
import { items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { ProcessingParts } from './functions.ts';
import { callByRule } from './rules.ts';

/** Writes the manifests of titles anew when their captions have changed. */
export class CaptionsListener extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { config, storage, events, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'events' | 'alarms'>,
  ) {
    super(scope, id);
    const listener = new ServiceFunction(this, 'Captions', {
      config,
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
      afterFailure:
        'The next change of captions, or the next run, writes the manifests; the alarm captions-failing tells.',
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
    callByRule(listener, {
      eventBus: events,
      eventPattern: { source: [eventSource], detailType: [captionsChanged.name] },
    });
    alarms.raise(this, 'captions-failing', {
      metric: listener.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 3,
    });
  }
}
