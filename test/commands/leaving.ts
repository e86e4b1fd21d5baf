import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../domain/ids.ts';
import { settlingMs } from '../../lambdas/people/erasure.ts';
import { userKey } from '../../platform/records/users.ts';
import { awsConfig, localCloud } from './local-cloud.ts';

/** Makes it so that somebody has left so long ago that none of their requests can be under way. */
export async function leftLongAgo(userId: UserId): Promise<void> {
  await DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig())).send(
    new UpdateCommand({
      TableName: localCloud().outputs.UsersTableName,
      Key: userKey(userId),
      UpdateExpression: 'SET deletingSince = deletingSince - :settling',
      ConditionExpression: '#status = :deleting',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':settling': settlingMs, ':deleting': 'deleting' },
    }),
  );
}
