import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type SluiceClient, sluiceClient } from '../../client/client.ts';
import { type Role, rolesOnRegistration } from '../../domain/access/roles.ts';
import type { UserId } from '../../domain/ids.ts';
import { indexedAs, type UserRecord, userKey } from '../../platform/records/users.ts';
import { awsConfig, confirmationCode, localCloud } from './local-cloud.ts';
import { newViewer } from './viewers.ts';

/** Somebody who is signed in as an API client. */
export interface Person {
  readonly userId: UserId;
  readonly email: string;
  readonly password: string;
  /** The bearer token. */
  readonly token: string;
  /** The API, called by them. */
  readonly client: SluiceClient;
}

export interface NewPerson {
  /** Who they are to be, beside a viewer and creator. */
  readonly roles?: readonly Role[];
  /** What they are not to be, of what everybody is who registers. */
  readonly without?: readonly Role[];
  /** Suspended after they have signed in: their token is good, and they are not. */
  readonly suspended?: boolean;
  /** Until when they have a paid plan, in ms since the epoch. */
  readonly memberUntil?: number;
}

/** The API, called by whoever has this token, from an address of their own. */
export const clientWith = (token: string): SluiceClient =>
  sluiceClient({ baseUrl: localCloud().site, fetch: newViewer(), headers: { authorization: `Bearer ${token}` } });

/** The API, called by nobody in particular, from an address of their own. */
export const newVisitor = (): SluiceClient => sluiceClient({ baseUrl: localCloud().site, fetch: newViewer() });

/** Somebody who has registered and confirmed, through the API like everybody, and not signed in. */
export async function registeredPerson(): Promise<Pick<Person, 'userId' | 'email' | 'password'>> {
  const email = `${randomUUID()}@test.example`;
  const password = `Test-${randomUUID()}`;
  const { auth } = newVisitor();
  const { userId } = await auth.register({ body: { email, password, name: 'Test Creator' } });
  await auth.confirm({ body: { email, code: confirmationCode } });
  return { userId, email, password };
}

/** Registers, confirms and signs in somebody new, and makes of them who they are to be. */
export async function newPerson({
  roles = [],
  without = [],
  suspended = false,
  memberUntil,
}: NewPerson = {}): Promise<Person> {
  const person = await signedIn(await registeredPerson());
  const all = [...new Set([...rolesOnRegistration, ...roles])].filter((role) => !without.includes(role));
  const status = suspended ? ('suspended' as const) : ('active' as const);
  const changes = { roles: all, status, ...(memberUntil !== undefined && { memberUntil }) };
  const isUsual = roles.length === 0 && without.length === 0 && !suspended && memberUntil === undefined;
  if (!isUsual) await changeUser(person.userId, { ...changes, ...notableOf(changes) });
  return person;
}

export const newCreator = (): Promise<Person> => newPerson();

/** The same person in one more session. */
export async function signedIn({
  userId,
  email,
  password,
}: Pick<Person, 'userId' | 'email' | 'password'>): Promise<Person> {
  const { accessToken } = await newVisitor().auth.login({
    body: { email, password, session: 'api' },
  });
  if (accessToken === null) throw new Error('an API session has its token in the body');
  return { userId, email, password, token: accessToken, client: clientWith(accessToken) };
}

/** Admins find who is notable by an index. */
function notableOf(user: Pick<UserRecord, 'roles' | 'status'>): { notable?: string } {
  const { notable } = indexedAs({ ...user, name: '' });
  return notable === undefined ? {} : { notable };
}

/** Past the API, in the person's record: what only another person, or a plan, could make of them. */
async function changeUser(userId: UserId, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const entries = Object.entries(changes);
  await DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig())).send(
    new UpdateCommand({
      TableName: localCloud().outputs.UsersTableName,
      Key: userKey(userId),
      UpdateExpression: `SET ${entries.map((_, i) => `#${i} = :${i}`).join(', ')}`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name], i) => [`#${i}`, name])),
      ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], i) => [`:${i}`, value])),
    }),
  );
}
