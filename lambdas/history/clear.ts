import pMap from 'p-map';
import * as z from 'zod';
import { historyCleared } from '../../domain/events/events.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { readEnv } from '../../platform/env.ts';
import { clearEnv } from './env.ts';
import { historyStore } from './store.ts';

/** `history.cleared` as the bus delivers it. */
const Cleared = z.object({ detail: historyCleared.detail });

/** A partition takes a thousand writes a second; a write takes a few milliseconds. */
const atOnce = 10;

const history = historyStore(dynamoClient(), readEnv(clearEnv).HISTORY_TABLE);

/** Deletes what somebody had watched when they cleared their history. Repeating it changes nothing. */
export async function handler(event: unknown): Promise<void> {
  const { userId, clearedAt } = Cleared.parse(event).detail;
  await pMap(history.watchedUntil(userId, clearedAt), (videoId) => history.removeUntil(userId, videoId, clearedAt), {
    concurrency: atOnce,
  });
}
