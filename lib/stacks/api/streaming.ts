import type { Construct } from 'constructs';
import { env } from '../../../lambdas/streaming/env.ts';
import { routes } from '../../../lambdas/streaming/routes.ts';
import { items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { ofOneRun } from '../storage.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Videos as their viewers see them. */
export function streamingService(scope: Construct, parts: ServiceParts): Service {
  const { storage } = parts;
  const { lambda } = new ServiceFunction(scope, 'Streaming', {
    ...usual(parts),
    entry: 'lambdas/streaming/handler.ts',
    description: 'Videos as their viewers see them',
    schema: env,
    environment: {
      ...httpVariables(parts),
      VIDEOS_TABLE: storage.videos.tableName,
      CONTENT_KEY_ARN: storage.contentKey.keyArn,
    },
    permissions: [
      ...guarded(parts),
      items(storage.videos, 'GetItem', 'BatchGetItem'),
      { actions: ['kms:Decrypt'], resources: [storage.contentKey.keyArn], conditions: ofOneRun },
    ],
  });
  return { name: 'Streaming', routes, lambda };
}
