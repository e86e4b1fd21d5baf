import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Delivery, Receive } from './deliveries.ts';

/**
 * How long a slot waits for a message. A bulk slot is deaf to express meanwhile, and a request that a killed worker
 * leaves open may still take a message with it: so it is short.
 */
export const waitSeconds = 5;
/** A queue that cannot be reached, or a job that could not be ended, is left alone for a moment. */
const pauseAfterErrorMs = 2_000;

export interface Pull {
  readonly receive: Receive;
  readonly queues: { readonly express: string; readonly bulk: string };
  /** Bulk jobs at a time; one more slot takes express jobs only, so that none waits for a chunk to end. */
  readonly bulkSlots: number;
  readonly run: (delivery: Delivery) => Promise<void>;
  readonly log: Logger;
  readonly stopping: AbortSignal;
}

/** Pulls jobs and runs them, express before bulk, until it is stopped and the jobs under way have ended. */
export async function pull({ receive, queues, bulkSlots, run, log, stopping }: Pull): Promise<void> {
  const slot = async (next: () => Promise<Delivery | undefined>) => {
    while (!stopping.aborted) {
      try {
        const delivery = await next();
        if (delivery) await run(delivery);
      } catch (error) {
        if (stopping.aborted) return;
        log.error('slot', { error: error instanceof Error ? error : new Error(String(error)) });
        await pause(pauseAfterErrorMs, undefined, { signal: stopping }).catch(() => undefined);
      }
    }
  };
  const express = () => receive(queues.express, waitSeconds, stopping);
  const anything = async () =>
    (await receive(queues.express, 0, stopping)) ?? (await receive(queues.bulk, waitSeconds, stopping));
  await Promise.all([slot(express), ...Array.from({ length: bulkSlots }, () => slot(anything))]);
}
