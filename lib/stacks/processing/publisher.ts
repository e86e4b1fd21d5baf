import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { eventSource, videoPlayable, videoReady, videoRestored } from '../../../domain/events/events.ts';
import { publicationEnv } from '../../../lambdas/content/env.ts';
import { publicationIndex } from '../../../platform/records/videos.ts';
import { minutes } from '../../constructs/alarms.ts';
import { index, items } from '../../constructs/permissions.ts';
import { callByRule } from '../../constructs/rules.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { ProcessingParts } from './functions.ts';

/** Tells the platform that everybody can watch a video: when its time comes, and when it can be watched for the first time. */
export class Publisher extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { config, storage, events, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'events' | 'alarms'>,
  ) {
    super(scope, id);
    const publish = new ServiceFunction(this, 'PublishDue', {
      config,
      entry: 'lambdas/content/publish-due.ts',
      description: 'Every minute, and when a video can be watched: publishes what is public and whose time has come',
      schema: publicationEnv,
      environment: { VIDEOS_TABLE: storage.videos.tableName, EVENT_BUS_NAME: events.eventBusName },
      timeoutSeconds: 50,
      memoryMb: 512,
      afterFailure: 'What one call misses is done by the next, a minute later; the alarm publication-failing tells.',
      permissions: [
        items(storage.videos, 'GetItem', 'UpdateItem'),
        index(storage.videos, publicationIndex),
        { actions: ['events:PutEvents'], resources: [events.eventBusArn] },
      ],
    });
    callByRule(publish, { schedule: Schedule.rate(Duration.minutes(1)) });
    callByRule(
      publish,
      {
        eventBus: events,
        eventPattern: { source: [eventSource], detailType: [videoPlayable.name, videoReady.name, videoRestored.name] },
      },
      'Watchable',
    );
    alarms.raise(this, 'publication-failing', {
      metric: publish.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 3,
    });
  }
}
