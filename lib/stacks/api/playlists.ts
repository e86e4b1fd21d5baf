import type { Construct } from 'constructs';
import { env } from '../../../lambdas/playlists/env.ts';
import { routes } from '../../../lambdas/playlists/routes.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import { guarded, httpVariables, type Service, type ServiceParts, usual } from './service.ts';

/** Playlists, and what people want to watch later. */
export function playlistsService(scope: Construct, parts: ServiceParts): Service {
  const { processing } = parts;
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
  return { name: 'Playlists', routes, lambda };
}
