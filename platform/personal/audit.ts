import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { auditKey, bySubjectIndex } from '../records/audit.ts';
import { batchDelete } from '../records/batches.ts';
import type { PersonalStore } from './personal.ts';
import { itemsOf } from './table.ts';

/** What admins have done to a person. What the person did as an admin stays: it is about others. */
export function personalAudit(dynamo: Dynamo, table: string): PersonalStore {
  const entriesOf = (userId: UserId) =>
    itemsOf(dynamo, {
      TableName: table,
      IndexName: bySubjectIndex,
      KeyConditionExpression: 'subjectId = :subject',
      ExpressionAttributeValues: { ':subject': userId },
    });
  return {
    async *collect(userId) {
      // Which admin it was is theirs to know, not the person's.
      for await (const { trail: _, actorId: __, ...entry } of entriesOf(userId)) yield entry;
    },
    async erase(userId) {
      for await (const { auditId } of entriesOf(userId)) await batchDelete(dynamo, table, [auditKey(String(auditId))]);
    },
  };
}
