import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { batchDelete } from '../records/batches.ts';
import { ChannelRecord, channelKey, handleKey } from '../records/channels.ts';
import { firstAdminKey, userKey } from '../records/users.ts';
import type { PersonalStore } from './personal.ts';
import { itemsOf } from './table.ts';

/** Attributes that are secrets of ours, or how the table finds its items. */
const unsaid = new Set([
  'pk',
  'sk',
  'passwordProof',
  'refreshHash',
  'access',
  'previous',
  'cognitoToken',
  'challengeHash',
  'cognitoSession',
  'deviceHash',
  'account',
  'directory',
  'nameKey',
  'notable',
]);

/** All of a person in the user table: their record, sessions, channel, and what else lies under their key; their handles. */
export function personalAccount(dynamo: Dynamo, table: string): PersonalStore {
  const itemsUnder = (userId: UserId) =>
    itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': userKey(userId).pk },
      ConsistentRead: true,
    });

  /** That there has been a first admin stays written; who it was does not. */
  async function forgetFirstAdmin(userId: UserId): Promise<void> {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: firstAdminKey,
          UpdateExpression: 'REMOVE userId',
          ConditionExpression: 'userId = :userId',
          ExpressionAttributeValues: { ':userId': userId },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  return {
    async *collect(userId) {
      for await (const item of itemsUnder(userId)) {
        const told = Object.entries(item).filter(([name]) => !unsaid.has(name));
        yield { kind: String(item['sk']).split('#')[0]?.toLowerCase(), ...Object.fromEntries(told) };
      }
    },
    /** The channel goes after the handles, which it alone names, and the record last: it tells that there is more to do. */
    async erase(userId) {
      const keys: Record<string, unknown>[] = [];
      let channel: ChannelRecord | undefined;
      for await (const { pk, sk, ...item } of itemsUnder(userId)) {
        if (sk === channelKey(userId).sk) channel = ChannelRecord.parse(item);
        else if (sk !== userKey(userId).sk) keys.push({ pk, sk });
      }
      if (channel) {
        const handles = [channel.handle, ...channel.formerHandles.map(({ handle }) => handle)];
        await batchDelete(dynamo, table, handles.map(handleKey));
      }
      await batchDelete(dynamo, table, [...keys, channelKey(userId)]);
      await forgetFirstAdmin(userId);
      await batchDelete(dynamo, table, [userKey(userId)]);
    },
  };
}
