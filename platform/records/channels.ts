import * as z from 'zod';
import { UserId } from '../../domain/ids.ts';
import { ChannelDescription, ChannelName } from '../../domain/people/channel.ts';
import { Handle } from '../../domain/people/handle.ts';

/** A person's channel: an item of the user table beside their record. Times are ms since the epoch. */
export const ChannelRecord = z.object({
  userId: UserId,
  handle: Handle,
  name: ChannelName,
  description: ChannelDescription,
  /** SHA-256 of the picture, which names it. */
  picture: z.string().optional(),
  /** Since when they are here. */
  since: z.int(),
  /** Raised by each write. */
  version: z.int().positive(),
  /** Handles that it had before, which lead to it until then. */
  formerHandles: z.array(z.object({ handle: Handle, until: z.int() })),
});
export type ChannelRecord = z.infer<typeof ChannelRecord>;

/** Whose a handle is: an item of its own, so that no two people get one. */
export const HandleRecord = z.object({
  userId: UserId,
  /** Of a handle that its owner has given up: until when nobody else gets it (ms). */
  until: z.int().optional(),
});
export type HandleRecord = z.infer<typeof HandleRecord>;

export const channelKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'CHANNEL' });
export const handleKey = (handle: string) => ({ pk: `HANDLE#${handle}`, sk: 'HANDLE' });

/** A channel as an item of the table: found by its handle in the directory of people. */
export const channelItem = (channel: ChannelRecord) => ({
  ...channelKey(channel.userId),
  ...channel,
  directory: 'person',
});
