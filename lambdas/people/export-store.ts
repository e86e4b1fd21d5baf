import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ExportId, UserId } from '../../domain/ids.ts';
import { ExportRecord, exportLifetimeMs, exportPatienceMs } from '../../domain/people/export.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { userKey } from '../../platform/records/users.ts';

const key = (userId: UserId) => ({ ...userKey(userId), sk: 'EXPORT' });

/** The copy that a person asked for last: an item beside their record, which goes by itself some days after the copy. */
export function exportStore(dynamo: Dynamo, table: string) {
  return {
    async get(userId: UserId): Promise<ExportRecord | undefined> {
      const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: key(userId), ConsistentRead: true }));
      return Item && ExportRecord.parse(Item);
    },

    /** Asks for a copy, unless one is being made or can be fetched; whether it was asked for. */
    async ask(userId: UserId, asked: ExportRecord): Promise<boolean> {
      const { requestedAt } = asked;
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: { ...key(userId), ...asked, expiresAt: Math.floor((requestedAt + 7 * exportLifetimeMs) / 1000) },
            ConditionExpression:
              'attribute_not_exists(pk) OR madeAt <= :expired OR (attribute_not_exists(madeAt) AND requestedAt <= :failed)',
            ExpressionAttributeValues: {
              ':expired': requestedAt - exportLifetimeMs,
              ':failed': requestedAt - exportPatienceMs,
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    /** Notes that a copy can be fetched; of one that nobody waits for any more, nothing. */
    async made(userId: UserId, exportId: ExportId, { madeAt, sizeBytes }: { madeAt: number; sizeBytes: number }) {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: key(userId),
            UpdateExpression: 'SET madeAt = :at, sizeBytes = :bytes',
            ConditionExpression: 'exportId = :id',
            ExpressionAttributeValues: { ':at': madeAt, ':bytes': sizeBytes, ':id': exportId },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

export type ExportStore = ReturnType<typeof exportStore>;
