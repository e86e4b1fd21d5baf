import * as z from 'zod';
import { playlistDeleted } from '../../domain/events/events.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { readEnv } from '../../platform/env.ts';
import { cleanEnv } from './env.ts';
import { playlistItems } from './items.ts';
import { playlistStore } from './store.ts';

/** `playlist.deleted` as the bus delivers it. */
const Deleted = z.object({ detail: playlistDeleted.detail });

const { PLAYLISTS_TABLE } = readEnv(cleanEnv);
const dynamo = dynamoClient();
const lists = playlistStore(dynamo, PLAYLISTS_TABLE);
const items = playlistItems(dynamo, PLAYLISTS_TABLE);

/** Deletes what was in a deleted playlist. The list first: nothing can be added any more. Repeating it changes nothing. */
export async function handler(event: unknown): Promise<void> {
  const { playlistId } = Deleted.parse(event).detail;
  await lists.delete(playlistId);
  await items.removeAll(playlistId);
}
