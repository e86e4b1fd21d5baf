import type { Dynamo } from '../clients/dynamo.ts';
import { batchDelete } from '../records/batches.ts';
import type { PersonalStore } from './personal.ts';
import { itemsOf } from './table.ts';

/** What a person has watched, and what they want of their history: all that is under their key. */
export function personalHistory(dynamo: Dynamo, table: string): PersonalStore {
  const itemsUnder = (userId: string) =>
    itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': userId },
      ConsistentRead: true,
    });
  return {
    async *collect(userId) {
      for await (const { userId: _, item, ...told } of itemsUnder(userId)) {
        yield { kind: item === 'SETTINGS' ? 'settings' : 'watched', ...told };
      }
    },
    async erase(userId) {
      const keys = [];
      for await (const { item } of itemsUnder(userId)) keys.push({ userId, item });
      await batchDelete(dynamo, table, keys);
    },
  };
}
