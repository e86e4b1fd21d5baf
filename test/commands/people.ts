import { randomUUID } from 'node:crypto';
import { type SluiceClient, sluiceClient } from '../../client/client.ts';
import type { UserId } from '../../domain/ids.ts';
import { confirmationCode, localCloud } from './local-cloud.ts';
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

/** The API, called by whoever has this token, from an address of their own. */
export const clientWith = (token: string): SluiceClient =>
  sluiceClient({ baseUrl: localCloud().site, fetch: newViewer(), headers: { authorization: `Bearer ${token}` } });

/** The API, called by nobody in particular, from an address of their own. */
export const newVisitor = (): SluiceClient => sluiceClient({ baseUrl: localCloud().site, fetch: newViewer() });

/** Registers, confirms and signs in somebody new, through the API like everybody. */
export async function newCreator(): Promise<Person> {
  const email = `${randomUUID()}@test.example`;
  const password = `Test-${randomUUID()}`;
  const { auth } = newVisitor();
  const { userId } = await auth.register({ body: { email, password, name: 'Test Creator' } });
  await auth.confirm({ body: { email, code: confirmationCode } });
  return signedIn({ userId, email, password });
}

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
