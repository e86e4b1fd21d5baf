import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsConfig, localCloud } from './local-cloud.ts';
import { type Person, signedIn } from './people.ts';
import { soon } from './soon.ts';

const cognito = () => new CognitoIdentityProviderClient(awsConfig());

export const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };

/** An access token of somebody's, past its end. */
export async function expiredToken(person: Person): Promise<string> {
  await using _short = await tokensOfOneSecond();
  const { token } = await signedIn(person);
  await soon(() => {
    if (claimsOf(token).exp * 1000 >= Date.now()) throw new Error('it is still good');
  });
  return token;
}

/** Access tokens that are given out from now on are good for a second. */
async function tokensOfOneSecond(): Promise<AsyncDisposable> {
  const client = cognito();
  const { UserPoolId, UserPoolClientId: ClientId } = localCloud().outputs;
  const { UserPoolClient: usual } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  const last = async (AccessTokenValidity: number | undefined, AccessToken: 'seconds' | 'minutes') => {
    const TokenValidityUnits = { ...usual?.TokenValidityUnits, AccessToken };
    await client.send(
      new UpdateUserPoolClientCommand({ ...usual, UserPoolId, ClientId, AccessTokenValidity, TokenValidityUnits }),
    );
  };
  await last(1, 'seconds');
  return { [Symbol.asyncDispose]: () => last(usual?.AccessTokenValidity, 'minutes') };
}

/** An access token of a session that has been ended. */
export async function revokedToken(person: Person): Promise<string> {
  const session = await signedIn(person);
  await session.client.auth.logout();
  return session.token;
}

/** A good access token of another user pool of the same cloud, for somebody with the same address. */
export async function foreignToken({ email, password }: Person): Promise<string> {
  const client = cognito();
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'another' }));
  const pool = { UserPoolId: UserPool?.Id };
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      ...pool,
      ClientName: 'another',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const user = { ...pool, Username: email };
  await client.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  const { AuthenticationResult } = await client.send(
    new AdminInitiateAuthCommand({
      ...pool,
      ClientId: UserPoolClient?.ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  if (!AuthenticationResult?.AccessToken) throw new Error('the other pool signs nobody in');
  return AuthenticationResult.AccessToken;
}
