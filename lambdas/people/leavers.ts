import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { type Notable, notableIndex, UserRecord } from '../../platform/records/users.ts';
import type { Leaver } from './erasure.ts';

/** Everybody who is leaving. Found by an eventually consistent index, so their records are read before anything is done. */
export async function* leavers(dynamo: Dynamo, table: string): AsyncGenerator<Leaver> {
  const query = {
    TableName: table,
    IndexName: notableIndex,
    KeyConditionExpression: 'notable = :deleting',
    ExpressionAttributeValues: { ':deleting': 'deleting' satisfies Notable },
    ProjectionExpression: 'pk, sk',
  };
  for await (const { Items = [] } of paginateQuery({ client: dynamo }, query)) {
    for (const { pk, sk } of Items) {
      const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }));
      const user = Item && UserRecord.parse(Item);
      if (user?.status === 'deleting') yield { userId: user.userId, deletingSince: user.deletingSince ?? 0 };
    }
  }
}
