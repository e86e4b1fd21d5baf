import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { env } from '../../../lambdas/community/env.ts';
import { routes } from '../../../lambdas/community/routes.ts';
import { catalogueIndexes } from '../../../platform/records/catalogue.ts';
import { byPersonIndex, byRankIndex } from '../../../platform/records/community/keys.ts';
import { index, items, type Permission } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Every list of the catalogue. */
const lists = (catalogue: TableV2): readonly Permission[] =>
  Object.keys(catalogueIndexes).map((name) => index(catalogue, name));

/** Comments, likes, subscriptions; feeds and channels. */
export function communityService(scope: Construct, parts: ServiceParts): Service {
  const { community, catalogue } = parts.storage.community;
  const { lambda } = new ServiceFunction(scope, 'Community', {
    ...usual(parts),
    entry: 'lambdas/community/handler.ts',
    description: 'Comments, likes, subscriptions; feeds and channels',
    schema: env,
    environment: {
      ...httpVariables(parts),
      VIDEOS_TABLE: parts.storage.videos.tableName,
      COMMUNITY_TABLE: community.tableName,
      CATALOGUE_TABLE: catalogue.tableName,
    },
    permissions: [
      ...guarded(parts),
      items(community, 'BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      index(community, byPersonIndex),
      index(community, byRankIndex),
      // Who may watch, and so like and comment, is decided by the records themselves.
      items(parts.storage.videos, 'GetItem', 'BatchGetItem'),
      ...lists(catalogue),
    ],
  });
  return { name: 'Community', routes, lambda };
}
