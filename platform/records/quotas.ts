import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../domain/ids.ts';
import { dayOf, QuotaUse, type UploadQuota, usedAt } from '../../domain/upload/quota.ts';
import type { Dynamo } from '../clients/dynamo.ts';

/** The quotas table: one item a creator, key `ownerId`. An upload takes of it in the transaction that makes it. */

/** One file of a creator, as it counts. */
export interface QuotaShare {
  readonly ownerId: UserId;
  readonly sizeBytes: number;
}

/** What a creator has used, of whichever day the record speaks; undefined if they have never uploaded. Strongly consistent. */
export async function quotaUse(dynamo: Dynamo, table: string, ownerId: UserId): Promise<QuotaUse | undefined> {
  const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: { ownerId }, ConsistentRead: true }));
  return Item && QuotaUse.parse(Item);
}

/**
 * Takes one upload, as parameters of an Update in a transaction. The condition fails if it does not fit, or if the record
 * is no longer of the day of which `seen` said it is: read it again.
 */
export function quotaTake(
  table: string,
  { ownerId, sizeBytes }: QuotaShare,
  quota: UploadQuota,
  seen: QuotaUse | undefined,
  now: number,
) {
  const { day: today } = usedAt(seen, now);
  const values = { ':today': today, ':one': 1, ':size': sizeBytes, ':keptRest': quota.keptBytes - sizeBytes };
  const usual = { TableName: table, Key: { ownerId }, ExpressionAttributeNames: { '#day': 'day' } };
  if (seen?.day !== today) {
    return {
      ...usual,
      UpdateExpression: 'SET #day = :today, uploadsPerDay = :one, bytesPerDay = :size ADD keptBytes :size',
      ConditionExpression:
        '(attribute_not_exists(#day) OR #day < :today) AND (attribute_not_exists(keptBytes) OR keptBytes <= :keptRest)',
      ExpressionAttributeValues: values,
    };
  }
  return {
    ...usual,
    UpdateExpression: 'ADD uploadsPerDay :one, bytesPerDay :size, keptBytes :size',
    ConditionExpression:
      '#day = :today AND uploadsPerDay < :uploads AND bytesPerDay <= :dayRest AND keptBytes <= :keptRest',
    ExpressionAttributeValues: {
      ...values,
      ':uploads': quota.uploadsPerDay,
      ':dayRest': quota.bytesPerDay - sizeBytes,
    },
  };
}

/**
 * Gives back an upload that came to nothing, as parameters of an Update in a transaction: of the day too, while the record
 * still speaks of the day on which it began. The condition fails if the record has moved on from what was `seen`.
 */
export function quotaReturn(table: string, { ownerId, sizeBytes }: QuotaShare, seen: QuotaUse, begunAt: number) {
  const isSameDay = seen.day === dayOf(begunAt);
  return {
    TableName: table,
    Key: { ownerId },
    UpdateExpression: isSameDay
      ? 'ADD uploadsPerDay :minusOne, bytesPerDay :minusSize, keptBytes :minusSize'
      : 'ADD keptBytes :minusSize',
    ConditionExpression: '#day = :seen',
    ExpressionAttributeNames: { '#day': 'day' },
    ExpressionAttributeValues: {
      ':seen': seen.day,
      ':minusSize': -sizeBytes,
      ...(isSameDay && { ':minusOne': -1 }),
    },
  };
}

/**
 * Gives back the room of a source that is gone, as parameters of an Update. For whoever removes sources for good: put it
 * into the transaction that removes the record of the source, on the condition that the record is still there, so that it
 * happens once. A video whose upload was given up has no source that counts: its upload gave the room back.
 */
export const quotaRelease = (table: string, { ownerId, sizeBytes }: QuotaShare) => ({
  TableName: table,
  Key: { ownerId },
  UpdateExpression: 'ADD keptBytes :minusSize',
  ExpressionAttributeValues: { ':minusSize': -sizeBytes },
});
