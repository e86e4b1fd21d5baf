import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { eventSource, exportRequested } from '../../domain/events/events.ts';
import { erasureEnv, exportEnv, type personalEnv } from '../../lambdas/people/env.ts';
import { bySubjectIndex } from '../../platform/records/audit.ts';
import { byPersonIndex } from '../../platform/records/community/keys.ts';
import { notableIndex } from '../../platform/records/users.ts';
import { byOwnerIndex } from '../../platform/records/videos.ts';
import type { Environment } from '../config/environment.ts';
import { bucketArn } from '../config/names.ts';
import { minutes } from '../constructs/alarms.ts';
import { EventListener } from '../constructs/event-listener.ts';
import { index, items, type Permission } from '../constructs/permissions.ts';
import { callByRule } from '../constructs/rules.ts';
import { ServiceFunction, type VariablesOf } from '../constructs/service-function.ts';
import type { IdentityStack } from './identity.ts';
import type { ProcessingStack } from './processing.ts';
import type { StorageStack } from './storage.ts';

interface Parts {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly identity: IdentityStack;
  readonly processing: ProcessingStack;
}

/** Where things about people are kept. */
const places = ({ identity, storage }: Parts): VariablesOf<typeof personalEnv> => ({
  USERS_TABLE: identity.users.tableName,
  AUDIT_TABLE: identity.audit.tableName,
  COMMUNITY_TABLE: storage.community.community.tableName,
  VIDEOS_TABLE: storage.videos.tableName,
  UPLOADS_TABLE: storage.uploads.tableName,
  QUOTAS_TABLE: storage.quotas.tableName,
  HISTORY_TABLE: storage.library.history.tableName,
  PLAYLISTS_TABLE: storage.library.playlists.tableName,
  UPLOADS_BUCKET: storage.buckets.uploads.bucketName,
  MEDIA_BUCKET: storage.buckets.media.bucketName,
});

/** To read what each store keeps about a person (`collect` of platform/personal). */
const reading = ({ identity, storage }: Parts): readonly Permission[] => [
  items(identity.users, 'Query'),
  index(identity.audit, bySubjectIndex),
  items(storage.community.community, 'GetItem', 'Query'),
  index(storage.community.community, byPersonIndex),
  index(storage.videos, byOwnerIndex),
  index(storage.uploads, 'byOwner'),
  items(storage.quotas, 'GetItem'),
  items(storage.library.history, 'Query'),
  items(storage.library.playlists, 'Query'),
  index(storage.library.playlists, 'byOwner'),
  {
    actions: ['s3:ListBucketVersions'],
    resources: [storage.buckets.uploads.bucketArn, storage.buckets.media.bucketArn],
  },
];

/** To remove it (`erase`). */
const erasing = ({ config, identity, storage }: Parts): readonly Permission[] => [
  items(identity.users, 'BatchWriteItem', 'DeleteItem', 'GetItem', 'UpdateItem'),
  index(identity.users, notableIndex),
  items(identity.audit, 'BatchWriteItem', 'DeleteItem'),
  // Taken back as the person would do it, so that counts stay right.
  items(storage.community.community, 'BatchWriteItem', 'DeleteItem', 'UpdateItem'),
  // Videos are purged by who owns them; here they are only marked for it.
  items(storage.videos, 'UpdateItem'),
  items(storage.uploads, 'BatchWriteItem', 'DeleteItem'),
  items(storage.quotas, 'BatchWriteItem', 'DeleteItem'),
  items(storage.library.history, 'BatchWriteItem', 'DeleteItem'),
  items(storage.library.playlists, 'BatchWriteItem', 'DeleteItem'),
  {
    actions: ['s3:AbortMultipartUpload'],
    resources: [`${bucketArn(config, 'uploads')}/sources/*`],
    because: 'Sources are named by video and upload; all of them, and nothing else, have this prefix.',
  },
  {
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: [`${bucketArn(config, 'uploads')}/exports/*`, `${bucketArn(config, 'media')}/media/channels/*`],
    because: 'What is kept of a person in a bucket is named by them; all of it has these prefixes.',
  },
];

/** What the law gives people: a copy of all that is kept about them, and its removal. */
export class PersonalDataStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, identity, processing, ...props }: Parts & StackProps) {
    super(scope, id, props);
    const parts = { config, storage, identity, processing };
    this.#exports(parts);
    this.#erasure(parts);
  }

  #exports(parts: Parts): void {
    const { config, identity, processing } = parts;
    new EventListener(this, 'Export', {
      config,
      alarms: processing.alarms,
      alarm: 'export-failing',
      eventBus: processing.events,
      eventPattern: { source: [eventSource], detailType: [exportRequested.name] },
      entry: 'lambdas/people/export.ts',
      description: 'A person asks for their data → a copy of all that is kept about them',
      schema: exportEnv,
      environment: places(parts),
      timeoutSeconds: 300,
      memoryMb: 1024,
      permissions: [
        ...reading(parts),
        items(identity.users, 'UpdateItem'),
        {
          actions: ['s3:PutObject'],
          resources: [`${bucketArn(config, 'uploads')}/exports/*`],
          because: 'Copies are named by the person that they are for; all of them have this prefix.',
        },
      ],
    });
  }

  #erasure(parts: Parts): void {
    const { config, identity, processing } = parts;
    const erase = new ServiceFunction(this, 'Erase', {
      config,
      entry: 'lambdas/people/erase.ts',
      description: 'Every five minutes: removes what is kept about people who have deleted their account',
      schema: erasureEnv,
      environment: { ...places(parts), USER_POOL_ID: identity.pool.userPoolId },
      timeoutSeconds: 300,
      memoryMb: 512,
      afterFailure: 'What one call misses is done by the next, five minutes later; the alarm erasure-failing tells.',
      permissions: [
        ...reading(parts),
        ...erasing(parts),
        { actions: ['cognito-idp:AdminDeleteUser'], resources: [identity.pool.userPoolArn] },
      ],
    });
    callByRule(erase, { schedule: Schedule.rate(Duration.minutes(5)) });
    processing.alarms.raise(this, 'erasure-failing', {
      metric: erase.lambda.metricErrors({ statistic: 'Sum', ...minutes(60) }),
      above: 0,
      periods: 2,
    });
  }
}
