import { AdminInitiateAuthCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { parseToken } from '../../lambdas/shared/session-token.ts';
import { sessionKey } from '../../platform/records/users.ts';
import { awsConfig, localCloud } from './local-cloud.ts';
import { type Person, signedIn } from './people.ts';

/** An access token of somebody's, past its end. */
export async function expiredToken(person: Person): Promise<string> {
  const { token } = await signedIn(person);
  const of = parseToken(token);
  if (of === undefined) throw new Error('the token is none of ours');
  await DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig())).send(
    new UpdateCommand({
      TableName: localCloud().outputs.UsersTableName,
      Key: sessionKey(of.userId, of.sessionId),
      UpdateExpression: 'SET #access[0].#until = :past',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#access': 'access', '#until': 'until' },
      ExpressionAttributeValues: { ':past': Date.now() - 1 },
    }),
  );
  return token;
}

/** An access token of a session that has been ended. */
export async function revokedToken(person: Person): Promise<string> {
  const session = await signedIn(person);
  await session.client.auth.logout();
  return session.token;
}

/** Cognito's own access token of somebody, which is good at Cognito and opens nothing of ours. */
export async function foreignToken({ email, password }: Person): Promise<string> {
  const { UserPoolId, UserPoolClientId: ClientId } = localCloud().outputs;
  const { AuthenticationResult } = await new CognitoIdentityProviderClient(awsConfig()).send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  if (!AuthenticationResult?.AccessToken) throw new Error('Cognito signs nobody in');
  return AuthenticationResult.AccessToken;
}
