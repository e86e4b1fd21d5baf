import { Stack, type StackProps } from 'aws-cdk-lib';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { rebuildEnv, viewsEnv } from '../../lambdas/community/env.ts';
import { channelKey } from '../../platform/records/channels.ts';
import { counterPrefix } from '../../platform/records/counters.ts';
import { userKey } from '../../platform/records/users.ts';
import type { Environment } from '../config/environment.ts';
import { items } from '../constructs/permissions.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { StreamListener } from '../constructs/stream-listener.ts';
import type { IdentityStack } from './identity.ts';
import type { ProcessingStack } from './processing.ts';
import type { StorageStack } from './storage.ts';

export interface ViewsProps extends StackProps {
  readonly config: Environment;
  readonly storage: StorageStack;
  readonly identity: IdentityStack;
  readonly processing: ProcessingStack;
}

const afterFailure =
  'Lambda tries again in smaller batches; what is given up lies in a queue, the alarm catalogue-failing tells, and the view is made anew.';

/** What follows the records of videos and people, and counts, into the views that the community service reads. */
export class ViewsStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, identity, processing, ...props }: ViewsProps) {
    super(scope, id, props);
    const { community, catalogue } = storage.community;
    const { alarms } = processing;
    const environment = { COMMUNITY_TABLE: community.tableName, CATALOGUE_TABLE: catalogue.tableName };
    const usual = { config, alarms, schema: viewsEnv, environment, memoryMb: 512, afterFailure };

    new StreamListener(this, 'Videos', {
      ...usual,
      table: storage.videos,
      entry: 'lambdas/community/follow-videos.ts',
      description: 'Records of videos → the catalogue',
      gatherSeconds: 0,
      // A video with many comments takes long to be forgotten.
      timeoutSeconds: 300,
      permissions: [items(catalogue, 'GetItem', 'PutItem', 'DeleteItem'), items(community, 'Query', 'BatchWriteItem')],
    });
    new StreamListener(this, 'Counts', {
      ...usual,
      table: community,
      only: { pk: { S: FilterRule.beginsWith(counterPrefix) } },
      entry: 'lambdas/community/follow-counts.ts',
      description: 'Likes and comments → what trends',
      // Many like a video at once; what trends may be some seconds old.
      gatherSeconds: 10,
      timeoutSeconds: 60,
      permissions: [items(catalogue, 'GetItem', 'PutItem'), items(community, 'Query')],
    });
    new StreamListener(this, 'Profiles', {
      ...usual,
      table: identity.users,
      only: { sk: { S: FilterRule.or(userKey('').sk, channelKey('').sk) } },
      entry: 'lambdas/community/follow-people.ts',
      description: 'Profiles and channels → under what name, address and picture people appear',
      gatherSeconds: 0,
      timeoutSeconds: 60,
      permissions: [items(community, 'UpdateItem', 'DeleteItem')],
    });

    new ServiceFunction(this, 'Rebuild', {
      config,
      entry: 'lambdas/community/rebuild.ts',
      description: 'By hand: makes the catalogue, names and counters anew from the records',
      schema: rebuildEnv,
      environment: {
        ...environment,
        VIDEOS_TABLE: storage.videos.tableName,
        USERS_TABLE: identity.users.tableName,
      },
      timeoutSeconds: 900,
      memoryMb: 1024,
      afterFailure: 'Called by an operator, who sees the error and calls again from where it was.',
      permissions: [
        items(storage.videos, 'GetItem', 'Scan'),
        items(identity.users, 'Scan'),
        items(catalogue, 'GetItem', 'PutItem', 'DeleteItem', 'Scan'),
        items(community, 'Query', 'UpdateItem', 'BatchWriteItem'),
      ],
    });
  }
}
