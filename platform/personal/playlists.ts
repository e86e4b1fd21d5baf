import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { batchDelete } from '../records/batches.ts';
import type { PersonalStore } from './personal.ts';
import { itemsOf } from './table.ts';

/** The playlists of a person, with what is in them, and what they want to watch later, which lies under their own id. */
export function personalPlaylists(dynamo: Dynamo, table: string): PersonalStore {
  async function* listsOf(userId: UserId): AsyncGenerator<string> {
    yield userId;
    const owned = itemsOf(dynamo, {
      TableName: table,
      IndexName: 'byOwner',
      KeyConditionExpression: 'ownerId = :owner',
      ExpressionAttributeValues: { ':owner': userId },
    });
    for await (const { playlistId } of owned) yield String(playlistId);
  }
  /** The list itself comes first: `LIST` is before every `VIDEO#…`. */
  const itemsIn = (list: string) =>
    itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: 'playlistId = :list',
      ExpressionAttributeValues: { ':list': list },
      ConsistentRead: true,
    });
  return {
    async *collect(userId) {
      for await (const list of listsOf(userId)) {
        for await (const { item, rank: _, ...told } of itemsIn(list)) {
          yield { kind: item === 'LIST' ? 'playlist' : 'playlist item', ...told };
        }
      }
    },
    /** What is in a list goes before the list, which alone tells that there is more to do. */
    async erase(userId) {
      for await (const list of listsOf(userId)) {
        const keys = [];
        for await (const { item } of itemsIn(list)) keys.push({ playlistId: list, item });
        await batchDelete(dynamo, table, keys.toReversed());
      }
    },
  };
}
