import * as z from 'zod';
import { channelChanged } from '../../domain/events/events.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { readEnv } from '../../platform/env.ts';
import { viewsEnv } from './env.ts';
import { peopleStore } from './people-store.ts';

/** `channel.changed` as the bus delivers it. */
const Changed = z.object({ detail: channelChanged.detail });

const env = readEnv(viewsEnv);
const people = peopleStore(dynamoClient(), env.COMMUNITY_TABLE);

/** Channels: under what name, address and picture people appear. */
export async function handler(event: unknown): Promise<void> {
  const { userId, name, handle, picture } = Changed.parse(event).detail;
  await people.put(userId, { channelName: name, handle, picture });
}
