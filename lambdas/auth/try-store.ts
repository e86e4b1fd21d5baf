import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { areForgotten, forgetSeconds, type Tries } from '../../domain/access/tries.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { userKey } from '../../platform/records/users.ts';
import { hashSecret, type SessionToken, sameHash } from '../shared/session-token.ts';

/** A device is known for this long after the sign-in by which it became so. */
export const deviceSeconds = 180 * 24 * 3600;

/** Where tries are counted. */
type Key = Readonly<Record<'pk' | 'sk', string>>;

export interface CountedTries {
  readonly key: Key;
  /** Undefined: none, or none that is remembered. */
  readonly tries: Tries | undefined;
  /** As the item has them, whether remembered or not. */
  readonly stored: Tries | undefined;
  /** The item is there for more than counting: it stays when the count goes. */
  readonly isDevice: boolean;
}

const Item = z.object({ failures: z.int().default(0), lastAt: z.int().default(0) });
const Device = Item.extend({ deviceHash: z.string(), account: z.string(), expiresAt: z.int() });

/** An account as strangers name it, whether it exists or not; the table learns no addresses of people who are not in it. */
const accountOf = (email: string) => createHash('sha256').update(email).digest('base64url');
const deviceKey = ({ userId, sessionId }: Omit<SessionToken, 'secret'>): Key => ({
  ...userKey(userId),
  sk: `DEVICE#${sessionId}`,
});

/** Failed tries in the user table: of each account's strangers, of each of its known devices, of who is signed in. */
export function tryStore(dynamo: Dynamo, table: string) {
  async function read(key: Key): Promise<Record<string, unknown> | undefined> {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item;
  }

  function counted(key: Key, item: unknown, isDevice: boolean, now: number): CountedTries {
    const parsed = Item.optional().parse(item);
    const stored = parsed && parsed.failures > 0 ? parsed : undefined;
    return { key, stored, tries: stored && areForgotten(stored, now) ? undefined : stored, isDevice };
  }

  const update = (key: Key, expression: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>) =>
    dynamo.send(new UpdateCommand({ TableName: table, Key: key, ...expression }));

  /** Whether it was written; not if its condition did not hold. */
  const ifHeld = async (write: Promise<unknown>): Promise<boolean> => {
    try {
      await write;
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  const forgottenAt = ({ isDevice }: CountedTries, now: number) =>
    isDevice ? {} : { ':expiresAt': Math.floor(now / 1000) + forgetSeconds };

  /** A device may have been forgotten since it was read; an update would make half of one. */
  const ifDeviceIsThere = ({ isDevice }: CountedTries) =>
    isDevice ? { ConditionExpression: 'attribute_exists(pk)' } : {};

  return {
    /** Tries at the password of an account: a device that is known to it is counted by itself. */
    async ofAccount(email: string, device: SessionToken | undefined, now: number): Promise<CountedTries> {
      if (device) {
        const key = deviceKey(device);
        const known = Device.optional().parse(await read(key));
        if (
          known &&
          known.account === accountOf(email) &&
          known.expiresAt * 1000 > now &&
          sameHash(hashSecret(device.secret), known.deviceHash)
        )
          return counted(key, known, true, now);
      }
      const key = { pk: `ACCOUNT#${accountOf(email)}`, sk: 'STRANGERS' };
      return counted(key, await read(key), false, now);
    },

    /** Tries at their own password of somebody who is signed in. */
    async ofCaller(userId: string, now: number): Promise<CountedTries> {
      const key = { ...userKey(userId), sk: 'PASSWORD-TRIES' };
      return counted(key, await read(key), false, now);
    },

    /** One more failure. In one write and whatever others write: none is lost. */
    async count(where: CountedTries, now: number): Promise<void> {
      const isNew = where.stored !== undefined && where.tries === undefined;
      const until = where.isDevice ? '' : ', expiresAt = :expiresAt';
      await ifHeld(
        update(where.key, {
          UpdateExpression: isNew
            ? `SET failures = :one, lastAt = :now${until}`
            : `SET lastAt = :now${until} ADD failures :one`,
          ...ifDeviceIsThere(where),
          ExpressionAttributeValues: { ':one': 1, ':now': now, ...forgottenAt(where, now) },
        }),
      );
    },

    /** Counts the try that is about to be made; false if somebody else has made one since it was read. */
    claim: (where: CountedTries, now: number): Promise<boolean> =>
      ifHeld(
        update(where.key, {
          UpdateExpression: `SET lastAt = :now${where.isDevice ? '' : ', expiresAt = :expiresAt'} ADD failures :one`,
          ConditionExpression: 'failures = :failures AND lastAt = :lastAt',
          ExpressionAttributeValues: {
            ':one': 1,
            ':now': now,
            ':failures': where.tries?.failures,
            ':lastAt': where.tries?.lastAt,
            ...forgottenAt(where, now),
          },
        }),
      ),

    /** Takes a claim back, if nothing has come after it. */
    async giveBack(where: CountedTries, now: number): Promise<void> {
      await ifHeld(
        update(where.key, {
          UpdateExpression: 'SET failures = :failures, lastAt = :lastAt',
          ConditionExpression: 'lastAt = :now',
          ExpressionAttributeValues: {
            ':now': now,
            ':failures': where.tries?.failures,
            ':lastAt': where.tries?.lastAt,
          },
        }),
      );
    },

    /** Forgets the failures: the right password has been given. */
    async clear(where: CountedTries): Promise<void> {
      const { key, isDevice } = where;
      if (!isDevice) await dynamo.send(new DeleteCommand({ TableName: table, Key: key }));
      else await ifHeld(update(key, { UpdateExpression: 'REMOVE failures, lastAt', ...ifDeviceIsThere(where) }));
    },

    /** Makes a device known to an account. */
    async addDevice(device: SessionToken, email: string, now: number): Promise<void> {
      const expiresAt = Math.floor(now / 1000) + deviceSeconds;
      const item = { deviceHash: hashSecret(device.secret), account: accountOf(email), expiresAt };
      await dynamo.send(new PutCommand({ TableName: table, Item: { ...deviceKey(device), ...item } }));
    },
  };
}

export type TryStore = ReturnType<typeof tryStore>;
