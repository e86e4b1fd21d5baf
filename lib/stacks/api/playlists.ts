import type { Construct } from 'constructs';
import { eventSource, playlistDeleted } from '../../../domain/events/events.ts';
import { cleanEnv, env } from '../../../lambdas/playlists/env.ts';
import { routes } from '../../../lambdas/playlists/routes.ts';
import { minutes } from '../../constructs/alarms.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { callByRule } from '../processing/rules.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Playlists, and what people want to watch later. */
export function playlistsService(scope: Construct, parts: ServiceParts): Service {
  const { config, processing } = parts;
  const { playlists } = parts.storage.library;
  const { lambda } = new ServiceFunction(scope, 'Playlists', {
    ...usual(parts),
    entry: 'lambdas/playlists/handler.ts',
    description: 'Playlists, and what people want to watch later',
    schema: env,
    environment: {
      ...httpVariables(parts),
      PLAYLISTS_TABLE: playlists.tableName,
      EVENT_BUS_NAME: processing.events.eventBusName,
    },
    permissions: [
      ...guarded(parts),
      items(playlists, 'BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
      index(playlists, 'byRank'),
      index(playlists, 'byOwner'),
      { actions: ['events:PutEvents'], resources: [processing.events.eventBusArn] },
    ],
  });

  const clean = new ServiceFunction(scope, 'CleanPlaylists', {
    config,
    entry: 'lambdas/playlists/clean.ts',
    description: 'Playlist deleted → what was in it deleted',
    schema: cleanEnv,
    environment: { PLAYLISTS_TABLE: playlists.tableName },
    timeoutSeconds: 300,
    memoryMb: 512,
    afterFailure: 'Nobody can reach what is left; it costs storage. The alarm playlists-cleaning-failing tells.',
    permissions: [items(playlists, 'DeleteItem'), index(playlists, 'byRank')],
  });
  callByRule(clean, {
    eventBus: processing.events,
    eventPattern: { source: [eventSource], detailType: [playlistDeleted.name] },
  });
  processing.alarms.raise(scope, 'playlists-cleaning-failing', {
    metric: clean.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
    above: 0,
    periods: 3,
  });
  return { name: 'Playlists', routes, lambda };
}
