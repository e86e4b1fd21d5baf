import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../../domain/ids.ts';
import type { Dynamo } from '../clients/dynamo.ts';
import { sessionPrefix, userKey } from './users.ts';

/**
 * Ends all sessions of a person: each is refused from its next request on, and with it goes Cognito's refresh token, which
 * nobody else has. May be repeated.
 */
export async function revokeSessions(dynamo: Dynamo, table: string, userId: UserId, now: number): Promise<void> {
  const pages = paginateQuery(
    { client: dynamo },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :session)',
      FilterExpression: 'attribute_not_exists(revokedAt)',
      ExpressionAttributeValues: { ':pk': userKey(userId).pk, ':session': sessionPrefix },
      ProjectionExpression: 'pk, sk',
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) await Promise.all(Items.map(({ pk, sk }) => revoke({ pk, sk })));

  async function revoke(Key: Record<string, unknown>): Promise<void> {
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key,
          UpdateExpression:
            'SET revokedAt = if_not_exists(revokedAt, :now), #access = :none, #version = #version + :one REMOVE cognitoToken',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#access': 'access', '#version': 'version' },
          ExpressionAttributeValues: { ':now': now, ':none': [], ':one': 1 },
        }),
      );
    } catch (error) {
      // Its time was over, and the table has removed it.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
