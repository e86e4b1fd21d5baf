import type { Construct } from 'constructs';
import { env } from '../../../lambdas/history/env.ts';
import { routes } from '../../../lambdas/history/routes.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** What people have watched, and how far. */
export function historyService(scope: Construct, parts: ServiceParts): Service {
  const { processing } = parts;
  const { history } = parts.storage.library;
  const { lambda } = new ServiceFunction(scope, 'History', {
    ...usual(parts),
    entry: 'lambdas/history/handler.ts',
    description: 'What people have watched, and how far',
    schema: env,
    environment: {
      ...httpVariables(parts),
      HISTORY_TABLE: history.tableName,
      EVENT_BUS_NAME: processing.events.eventBusName,
    },
    permissions: [
      ...guarded(parts),
      items(history, 'BatchGetItem', 'GetItem', 'UpdateItem', 'DeleteItem'),
      index(history, 'byStart'),
      { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
    ],
  });
  return { name: 'History', routes, lambda };
}
