import * as z from 'zod';
import { challengeOf } from '../client/challenge.ts';
import { sluiceClient } from '../client/client.ts';
import { type Account, keepAccount, lastSite } from './credentials.ts';
import { Failure } from './failure.ts';
import { readJson } from './json-file.ts';
import { defaultSite, demoPath } from './places.ts';

const Demo = z.object({ site: z.url(), creator: z.object({ email: z.string(), password: z.string() }) });

/** The demo creator of the local cloud of this folder, if it has been started here. */
const demo = () => readJson(demoPath(), Demo);

/** The site to talk to: the one given, else the environment's, else the last signed in to, else the local cloud. */
export async function chooseSite(given: string | undefined): Promise<string> {
  const site = given ?? process.env['SLUICE_SITE'] ?? (await lastSite()) ?? (await demo())?.site ?? defaultSite;
  if (!URL.canParse(site))
    throw new Failure('site-invalid', `"${site}" is not the address of a site. Example: ${defaultSite}`);
  return new URL(site).origin;
}

/** `fetch` that says what a person can do when nothing answers, or not in time. */
export const reach: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch {
    const { origin } = new URL(input instanceof Request ? input.url : input);
    throw new Failure(
      'site-unreachable',
      `Nothing answers at ${origin}. Is it the right site, and is it running (npm start)?`,
    );
  }
};

/** By this the session is named among the person's sessions. */
export const userAgent = 'sluice-cli';

export const openClient = (site: string) =>
  sluiceClient({ baseUrl: site, fetch: reach, headers: { 'user-agent': userAgent } });

/** The tokens that login and refresh answer with, as they are kept. */
export function accountFrom(
  email: string,
  tokens: { accessToken: string | null; refreshToken: string | null; expiresInSeconds: number },
): Account {
  const { accessToken, refreshToken, expiresInSeconds } = tokens;
  if (accessToken === null || refreshToken === null) throw new Error('the site answered without tokens');
  return { email, accessToken, refreshToken, goodUntil: Date.now() + expiresInSeconds * 1000 };
}

/** `askCode` is asked for the code of the authenticator app, if the account has one. */
export async function signIn(
  site: string,
  { email, password, askCode }: { email: string; password: string; askCode: () => Promise<string> },
): Promise<Account> {
  const { auth } = openClient(site);
  const tokens = await auth.login({ body: { email, password, session: 'api' } }).catch(async (error: unknown) => {
    const challenge = challengeOf(error);
    if (challenge === undefined) throw error;
    return auth.answerChallenge({ body: { challenge, code: await askCode() } });
  });
  const account = accountFrom(email, tokens);
  await keepAccount(site, account);
  return account;
}

const noCode = () =>
  Promise.reject(new Failure('code-missing', 'The demo account asks for a code. Sign in yourself: sluice login'));

/** Signs in with the demo account, and says so, if `site` is the local cloud of this folder. */
export async function signInToDemo(site: string): Promise<Account | undefined> {
  const found = await demo();
  if (found === undefined || new URL(found.site).origin !== site) return undefined;
  process.stderr.write(`Signing in to the local cloud with its demo account, ${found.creator.email}.\n`);
  return signIn(site, { ...found.creator, askCode: noCode });
}
