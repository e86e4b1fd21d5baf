import pMap from 'p-map';
import * as z from 'zod';
import { playlistDeleted, videoPurged } from '../../domain/events/events.ts';
import type { PlaylistId, VideoId } from '../../domain/ids.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { readEnv } from '../../platform/env.ts';
import { cleanEnv } from './env.ts';
import { playlistItems } from './items.ts';
import { playlistStore } from './store.ts';

/** An event as the bus delivers it. */
const Heard = z.object({ 'detail-type': z.string(), detail: z.unknown() });

/** A transaction takes some ten milliseconds. */
const listsAtOnce = 20;

const { PLAYLISTS_TABLE } = readEnv(cleanEnv);
const dynamo = dynamoClient();
const lists = playlistStore(dynamo, PLAYLISTS_TABLE);
const items = playlistItems(dynamo, PLAYLISTS_TABLE);

/** The list first: nothing can be added to it any more. */
async function removeList(playlistId: PlaylistId): Promise<void> {
  await lists.delete(playlistId);
  await items.removeAll(playlistId);
}

const takeOutEverywhere = (videoId: VideoId, now: number) =>
  pMap(items.listsWith(videoId), (list) => items.remove(list, videoId, now), { concurrency: listsAtOnce });

/** Deletes what was in a deleted playlist, and takes a purged video out of all lists. Repeating it changes nothing. */
export async function handler(event: unknown): Promise<void> {
  const { 'detail-type': name, detail } = Heard.parse(event);
  switch (name) {
    case playlistDeleted.name:
      await removeList(playlistDeleted.detail.parse(detail).playlistId);
      break;
    case videoPurged.name:
      await takeOutEverywhere(videoPurged.detail.parse(detail).videoId, Date.now());
      break;
    default:
      throw new Error(`nobody asked for ${name}`);
  }
}
