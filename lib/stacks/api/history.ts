import type { Construct } from 'constructs';
import { eventSource, historyCleared } from '../../../domain/events/events.ts';
import { clearEnv, env } from '../../../lambdas/history/env.ts';
import { routes } from '../../../lambdas/history/routes.ts';
import { minutes } from '../../constructs/alarms.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { callByRule } from '../processing/rules.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** What people have watched, and how far. */
export function historyService(scope: Construct, parts: ServiceParts): Service {
  const { config, processing } = parts;
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
      items(history, 'GetItem', 'UpdateItem', 'DeleteItem'),
      index(history, 'byStart'),
      { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
    ],
  });

  const clear = new ServiceFunction(scope, 'ClearHistory', {
    config,
    entry: 'lambdas/history/clear.ts',
    description: 'History cleared → its items deleted',
    schema: clearEnv,
    environment: { HISTORY_TABLE: history.tableName },
    // Ten thousand videos take half a minute.
    timeoutSeconds: 300,
    memoryMb: 512,
    afterFailure: 'What was cleared is not shown; clearing again deletes it. The alarm history-clearing-failing tells.',
    permissions: [items(history, 'Query', 'DeleteItem')],
  });
  callByRule(clear, {
    eventBus: processing.events,
    eventPattern: { source: [eventSource], detailType: [historyCleared.name] },
  });
  processing.alarms.raise(scope, 'history-clearing-failing', {
    metric: clear.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
    above: 0,
    periods: 3,
  });
  return { name: 'History', routes, lambda };
}
