import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { eventSource, videoPlayable, videoReady, videoRestored } from '../../../domain/events/events.ts';
import { publicationEnv } from '../../../lambdas/content/env.ts';
import { publicationIndex } from '../../../platform/records/videos.ts';
import { EventListener } from '../../constructs/event-listener.ts';
import { index, items } from '../../constructs/permissions.ts';
import type { ProcessingParts } from './functions.ts';

/** Tells the platform that everybody can watch a video: when its time comes, and when it can be watched for the first time. */
export function publisher(
  scope: Construct,
  { config, storage, events, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'events' | 'alarms'>,
): void {
  new EventListener(scope, 'PublishDue', {
    config,
    alarms,
    alarm: 'publication-failing',
    eventBus: events,
    eventPattern: { source: [eventSource], detailType: [videoPlayable.name, videoReady.name, videoRestored.name] },
    schedule: Schedule.rate(Duration.minutes(1)),
    entry: 'lambdas/content/publish-due.ts',
    description: 'Every minute, and when a video can be watched: publishes what is public and whose time has come',
    schema: publicationEnv,
    environment: { VIDEOS_TABLE: storage.videos.tableName, EVENT_BUS_NAME: events.eventBusName },
    timeoutSeconds: 50,
    memoryMb: 512,
    permissions: [
      items(storage.videos, 'GetItem', 'UpdateItem'),
      index(storage.videos, publicationIndex),
      { actions: ['events:PutEvents'], resources: [events.eventBusArn] },
    ],
  });
}
