import type { Construct } from 'constructs';
import { eventSource, historyCleared, playlistDeleted, videoPurged } from '../../../domain/events/events.ts';
import { clearEnv } from '../../../lambdas/history/env.ts';
import { cleanEnv } from '../../../lambdas/playlists/env.ts';
import { EventListener } from '../../constructs/event-listener.ts';
import { index, items } from '../../constructs/permissions.ts';
import type { ProcessingParts } from './functions.ts';

/** What takes longer than a person waits: deleting a whole history, and what is in a playlist. */
export function libraryListeners(
  scope: Construct,
  { config, storage, events, alarms }: Pick<ProcessingParts, 'config' | 'storage' | 'events' | 'alarms'>,
): void {
  const { history, playlists } = storage.library;
  // Ten thousand videos take half a minute.
  const usual = { config, alarms, eventBus: events, timeoutSeconds: 300, memoryMb: 512 };

  new EventListener(scope, 'ClearHistory', {
    ...usual,
    alarm: 'history-clearing-failing',
    eventPattern: { source: [eventSource], detailType: [historyCleared.name] },
    entry: 'lambdas/history/clear.ts',
    description: 'History cleared → its items deleted',
    schema: clearEnv,
    environment: { HISTORY_TABLE: history.tableName },
    permissions: [items(history, 'Query', 'DeleteItem')],
  });
  new EventListener(scope, 'CleanPlaylists', {
    ...usual,
    alarm: 'playlists-cleaning-failing',
    eventPattern: { source: [eventSource], detailType: [playlistDeleted.name, videoPurged.name] },
    entry: 'lambdas/playlists/clean.ts',
    description: 'Playlist deleted → what was in it deleted; video purged → taken out of all lists',
    schema: cleanEnv,
    environment: { PLAYLISTS_TABLE: playlists.tableName },
    permissions: [
      items(playlists, 'DeleteItem', 'UpdateItem'),
      index(playlists, 'byRank'),
      index(playlists, 'byVideo'),
    ],
  });
}
