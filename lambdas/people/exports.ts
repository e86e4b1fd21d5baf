import { type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { exportRequested } from '../../domain/events/events.ts';
import type { ExportId, UserId } from '../../domain/ids.ts';
import { type ExportRecord, exportLifetimeMs, exportState } from '../../domain/people/export.ts';
import type { Publish } from '../../platform/clients/events.ts';
import { newExportId } from '../../platform/ids.ts';
import type { ExportStore } from './export-store.ts';
import type { routes } from './routes.ts';

type Copy = AnswerOf<(typeof routes)['getExport']>;

const none: Copy = { state: 'none', requestedAt: null, sizeBytes: null, url: null, goneAt: null };

export type SignCopy = (userId: UserId, exportId: ExportId) => Promise<string>;

export interface ExportDeps {
  readonly exports: Pick<ExportStore, 'get' | 'ask'>;
  readonly publish: Publish;
  readonly sign: SignCopy;
}

/** Copies of all that is kept about a person, for that person. */
export function exportService({ exports, publish, sign }: ExportDeps) {
  async function shown(userId: UserId, record: ExportRecord, now: number): Promise<Copy> {
    const { exportId, requestedAt, madeAt, sizeBytes } = record;
    const state = exportState(record, now);
    const ready = state === 'ready' && madeAt !== undefined;
    return {
      state,
      requestedAt,
      sizeBytes: sizeBytes ?? null,
      url: ready ? await sign(userId, exportId) : null,
      goneAt: ready ? madeAt + exportLifetimeMs : null,
    };
  }

  return {
    /** Asked again, it is the same copy. One that is pending is announced again: the first event may have been lost. */
    async ask(userId: UserId, now: number): Promise<Copy | Problem> {
      const asked = { exportId: newExportId(), requestedAt: now };
      const current = (await exports.ask(userId, asked)) ? asked : await exports.get(userId);
      if (current === undefined) return problem('unavailable', 'Ask again.');
      if (exportState(current, now) === 'pending')
        await publish(exportRequested, { userId, exportId: current.exportId });
      return shown(userId, current, now);
    },

    async get(userId: UserId, now: number): Promise<Copy> {
      const record = await exports.get(userId);
      return record ? shown(userId, record, now) : none;
    },
  };
}
