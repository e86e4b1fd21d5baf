import { ApiError, type SluiceClient, sluiceClient } from '../client/client.ts';
import { type Account, accountAt, alone, dropAccount, keepAccount } from './credentials.ts';
import { Failure } from './failure.ts';
import { accountFrom, openClient, reach, signInToDemo } from './sign-in.ts';

/** Refreshed this long before the access token ends, so that a request under way is not refused at the far end. */
const marginMs = 30_000;

export type Client = SluiceClient;

/**
 * Exchanges the refresh token for new ones, unless another process has done it since `seen` was read.
 * @throws Failure if the session is over and nobody is there to sign in again.
 */
const refreshed = (site: string, seen: Account): Promise<Account> =>
  alone(async () => {
    const current = await accountAt(site);
    if (current && current.accessToken !== seen.accessToken) return current;
    try {
      const tokens = await openClient(site).auth.refreshToken({ body: { refreshToken: seen.refreshToken } });
      const account = accountFrom(seen.email, tokens);
      await keepAccount(site, account);
      return account;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      await dropAccount(site);
      const account = await signInToDemo(site);
      if (account) return account;
      throw new Failure('session-ended', 'Your session has ended. Sign in again: sluice login');
    }
  });

async function account(site: string): Promise<Account> {
  const found =
    (await accountAt(site)) ?? (await alone(async () => (await accountAt(site)) ?? (await signInToDemo(site))));
  if (found === undefined)
    throw new Failure('not-signed-in', `You are not signed in to ${site}. Sign in: sluice login`);
  return found.goodUntil - marginMs < Date.now() ? refreshed(site, found) : found;
}

/** The API of the site as the person who is signed in. One refusal is met with a new token and the same request again. */
export function signedInClient(site: string): Client {
  const send = (input: Parameters<typeof fetch>[0], init: RequestInit | undefined, { accessToken }: Account) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${accessToken}`);
    return reach(input, { ...init, headers });
  };
  return sluiceClient({
    baseUrl: site,
    async fetch(input, init) {
      const used = await account(site);
      const response = await send(input, init, used);
      return response.status === 401 ? send(input, init, await refreshed(site, used)) : response;
    },
  });
}
