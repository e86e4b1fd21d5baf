import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { expect, it } from 'vitest';
import type { JobMessage } from '../../../domain/jobs/jobs.ts';
import { newVideoId } from '../../../platform/ids.ts';
import type { Delivery } from '../../../worker/deliveries.ts';
import { Stopping } from '../../../worker/failures.ts';
import { pull } from '../../../worker/pull.ts';
import { soon } from '../../commands/soon.ts';

const run = { videoId: newVideoId(), attempt: 1 };
const express = (): JobMessage => ({ kind: 'prepare', ...run, taskToken: 'token' });
const bulk = (index: number): JobMessage => ({ kind: 'chunk', ...run, index });

/** Two queues, and jobs that last until they are told to end. */
function pulled({ bulkSlots, work }: { bulkSlots: number; work: (message: JobMessage) => Promise<void> }) {
  const queues: Record<string, JobMessage[]> = { express: [], bulk: [] };
  const started: string[] = [];
  const stopping = new AbortController();
  const ended = pull({
    receive: async (queue, _, signal) => {
      await pause(1, undefined, { signal });
      const message = queues[queue]?.shift();
      return message && ({ message, delete: async () => undefined, hide: async () => undefined } satisfies Delivery);
    },
    queues: { express: 'express', bulk: 'bulk' },
    bulkSlots,
    run: async ({ message }) => {
      started.push(message.kind);
      await work(message);
    },
    log: new Logger({ logLevel: 'SILENT' }),
    stopping: stopping.signal,
  });
  return { queues, started, ended, stop: () => stopping.abort(new Stopping()) };
}

/** Until every slot has asked often enough to have taken what it is going to take: turns of the event loop, not time. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await pause(1);
}

it('runs as many bulk jobs at a time as there are slots, and an express job beside them', async () => {
  const end = Promise.withResolvers<void>();
  const p = pulled({ bulkSlots: 2, work: () => end.promise });
  p.queues['bulk']?.push(bulk(0), bulk(1), bulk(2));
  await settled();
  expect(p.started).toEqual(['chunk', 'chunk']);
  p.queues['express']?.push(express());
  await settled();
  expect(p.started).toEqual(['chunk', 'chunk', 'prepare']);
  end.resolve();
  p.stop();
  await p.ended;
});

it('idle bulk slots take express jobs, and before bulk ones', async () => {
  const end = Promise.withResolvers<void>();
  const p = pulled({ bulkSlots: 2, work: () => end.promise });
  p.queues['bulk']?.push(bulk(0));
  p.queues['express']?.push(express(), express(), express());
  await settled();
  expect(p.started).toEqual(['prepare', 'prepare', 'prepare']);
  end.resolve();
  p.stop();
  await p.ended;
});

it('ends when it is stopped, after the jobs under way', async () => {
  const end = Promise.withResolvers<void>();
  let done = false;
  const p = pulled({
    bulkSlots: 1,
    work: async () => {
      await end.promise;
      done = true;
    },
  });
  p.queues['bulk']?.push(bulk(0));
  await settled();
  p.stop();
  p.queues['bulk']?.push(bulk(1));
  end.resolve();
  await p.ended;
  expect(done).toBe(true);
  expect(p.started).toEqual(['chunk']);
});

it('an error of one job does not end the slot', async () => {
  let first = true;
  const p = pulled({
    bulkSlots: 1,
    work: async () => {
      if (first) {
        first = false;
        throw new Error('table not reachable');
      }
    },
  });
  p.queues['bulk']?.push(bulk(0));
  await settled();
  p.queues['bulk']?.push(bulk(1));
  await soon(() => expect(p.started).toEqual(['chunk', 'chunk']));
  p.stop();
  await p.ended;
});
