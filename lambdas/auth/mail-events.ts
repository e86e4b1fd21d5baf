import { Logger } from '@aws-lambda-powertools/logger';
import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type EmailState, MailEvent, undeliverable } from '../../domain/access/undeliverable.ts';
import { dynamoClient } from '../../platform/clients/dynamo.ts';
import { callPolicy } from '../../platform/clients/policy.ts';
import { readEnv } from '../../platform/env.ts';
import { userKey } from '../../platform/records/users.ts';
import { mailEventsEnv } from './env.ts';

const env = readEnv(mailEventsEnv);
const log = new Logger({ serviceName: 'auth' });
const dynamo = dynamoClient();
const cognito = new CognitoIdentityProviderClient(callPolicy('control'));

/** What SES tells of mail: the people of addresses that it does not reach are marked, for admins to see. */
export async function handler(event: unknown): Promise<void> {
  const { state, addresses } = undeliverable(MailEvent.parse(event));
  const marked = await Promise.all(addresses.map((address) => mark(address, state)));
  log.info('mail failed', { state, recipients: addresses.length, marked: marked.filter(Boolean).length });
}

/** Whether there is somebody of this address who has confirmed it: only they have a record to be marked. */
async function mark(address: string, state: EmailState): Promise<boolean> {
  const userId = await userIdOf(address);
  if (userId === undefined) return false;
  try {
    await dynamo.send(
      new UpdateCommand({
        TableName: env.USERS_TABLE,
        Key: userKey(userId),
        UpdateExpression: 'SET emailState = :state',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':state': state },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function userIdOf(address: string): Promise<string | undefined> {
  try {
    const request = { UserPoolId: env.USER_POOL_ID, Username: address };
    const { UserAttributes = [] } = await cognito.send(new AdminGetUserCommand(request));
    return UserAttributes.find(({ Name }) => Name === 'sub')?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === 'UserNotFoundException') return undefined;
    throw error;
  }
}
