import { Construct } from 'constructs';
import { eventSource, historyCleared, playlistDeleted, videoPurged } from '../../../domain/events/events.ts';
import { clearEnv } from '../../../lambdas/history/env.ts';
import { cleanEnv } from '../../../lambdas/playlists/env.ts';
import { minutes } from '../../constructs/alarms.ts';
import { index, items } from '../../constructs/permissions.ts';
import { ServiceFunction } from '../../constructs/service-function.ts';
import type { ProcessingParts } from './functions.ts';
import { callByRule } from './rules.ts';

type Parts = Pick<ProcessingParts, 'config' | 'storage' | 'events' | 'alarms'>;

/** What takes longer than a person waits: deleting a whole history, and what is in a playlist. */
export class LibraryListeners extends Construct {
  constructor(scope: Construct, id: string, parts: Parts) {
    super(scope, id);
    this.#clearHistory(parts);
    this.#cleanPlaylists(parts);
  }

  #clearHistory({ config, storage, events, alarms }: Parts): void {
    const { history } = storage.library;
    const clear = new ServiceFunction(this, 'ClearHistory', {
      config,
      entry: 'lambdas/history/clear.ts',
      description: 'History cleared → its items deleted',
      schema: clearEnv,
      environment: { HISTORY_TABLE: history.tableName },
      // Ten thousand videos take half a minute.
      timeoutSeconds: 300,
      memoryMb: 512,
      afterFailure:
        'What was cleared is not shown; clearing again deletes it. The alarm history-clearing-failing tells.',
      permissions: [items(history, 'Query', 'DeleteItem')],
    });
    callByRule(clear, {
      eventBus: events,
      eventPattern: { source: [eventSource], detailType: [historyCleared.name] },
    });
    alarms.raise(this, 'history-clearing-failing', {
      metric: clear.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 3,
    });
  }

  #cleanPlaylists({ config, storage, events, alarms }: Parts): void {
    const { playlists } = storage.library;
    const clean = new ServiceFunction(this, 'CleanPlaylists', {
      config,
      entry: 'lambdas/playlists/clean.ts',
      description: 'Playlist deleted → what was in it deleted; video purged → taken out of all lists',
      schema: cleanEnv,
      environment: { PLAYLISTS_TABLE: playlists.tableName },
      timeoutSeconds: 300,
      memoryMb: 512,
      afterFailure:
        'Of a deleted list nobody can reach what is left; a purged video is shown as unavailable. The alarm playlists-cleaning-failing tells.',
      permissions: [
        items(playlists, 'DeleteItem', 'UpdateItem'),
        index(playlists, 'byRank'),
        index(playlists, 'byVideo'),
      ],
    });
    callByRule(clean, {
      eventBus: events,
      eventPattern: { source: [eventSource], detailType: [playlistDeleted.name, videoPurged.name] },
    });
    alarms.raise(this, 'playlists-cleaning-failing', {
      metric: clean.lambda.metricErrors({ statistic: 'Sum', ...minutes(5) }),
      above: 0,
      periods: 3,
    });
  }
}
