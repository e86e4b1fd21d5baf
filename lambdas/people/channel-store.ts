import type { UserId } from '../../domain/ids.ts';
import type { Handle } from '../../domain/people/handle.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { type ChannelRecord, channelItem, handleKey } from '../../platform/records/channels.ts';
import { transact, type Writes } from '../../platform/records/transactions.ts';

/** What became of a write: done; the handle is somebody else's; the channel is another by now. */
export type ChannelWrite = 'written' | 'handle-taken' | 'changed-meanwhile';

/** Writes channels. A channel and the item that makes its handle its own are written together, or neither is. */
export function channelStore(dynamo: Dynamo, table: string) {
  /** Takes a handle that nobody has, that is theirs, or that its former owner has given up for long enough. */
  const take = (handle: Handle, userId: UserId, now: number) => ({
    Put: {
      TableName: table,
      Item: { ...handleKey(handle), userId },
      ConditionExpression: 'attribute_not_exists(pk) OR userId = :me OR #until <= :now',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':me': userId, ':now': now },
    },
  });
  /** It stays theirs until then; the table removes it some time after. */
  const giveUp = (handle: Handle, userId: UserId, until: number) => ({
    Put: {
      TableName: table,
      Item: { ...handleKey(handle), userId, until, expiresAt: Math.ceil(until / 1000) },
    },
  });

  /** The first item is the handle that is taken, if one is. */
  async function write(items: Writes, takesHandle: boolean): Promise<ChannelWrite> {
    const failed = await transact(dynamo, items);
    if (failed.length === 0) return 'written';
    return takesHandle && failed.includes(0) ? 'handle-taken' : 'changed-meanwhile';
  }

  return {
    create: (channel: ChannelRecord, now: number): Promise<ChannelWrite> =>
      write(
        [
          take(channel.handle, channel.userId, now),
          {
            Put: {
              TableName: table,
              Item: channelItem(channel),
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
        true,
      ),

    /** Replaces a channel, if it is as it was read; `next` has the version that was read. */
    replace(read: ChannelRecord, next: ChannelRecord, now: number): Promise<ChannelWrite> {
      const { userId } = read;
      const put = {
        Put: {
          TableName: table,
          Item: channelItem({ ...next, version: read.version + 1 }),
          ConditionExpression: '#version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': read.version },
        },
      };
      if (next.handle === read.handle) return write([put], false);
      const former = next.formerHandles.find(({ handle }) => handle === read.handle);
      return write(
        [take(next.handle, userId, now), put, ...(former ? [giveUp(former.handle, userId, former.until)] : [])],
        true,
      );
    },
  };
}

export type ChannelStore = ReturnType<typeof channelStore>;
