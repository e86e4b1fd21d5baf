import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { ApiError, sluiceClient } from '../client/client.ts';
import { localAdmin } from '../lib/config/environments.ts';
import { type Instance, placesOf, siteOf } from './instance.ts';

const Account = z.object({ email: z.string(), password: z.string() });
const Demo = z.object({ site: z.url(), creator: Account, viewer: Account, admin: Account });
export type Demo = z.infer<typeof Demo>;

/** The local cloud sends no mail; it takes this code from everybody. */
const confirmationCode = '123456';

/** Makes sure that the demo's creator, viewer and admin can sign in: through the API, like everybody. */
export async function demoAccounts(instance: Instance): Promise<Demo> {
  const demo = { ...(readDemo(instance) ?? invented()), site: siteOf(instance) };
  await ensure(demo.site, demo.creator, 'Demo Creator');
  await ensure(demo.site, demo.viewer, 'Demo Viewer');
  await ensure(demo.site, demo.admin, 'Demo Admin');
  keep(instance, demo);
  return demo;
}

/** Undefined too if an earlier version wrote the file: then accounts are made anew. */
export function readDemo(instance: Instance): Demo | undefined {
  let text: string;
  try {
    text = readFileSync(placesOf(instance).demo, 'utf8');
  } catch {
    return undefined;
  }
  return Demo.safeParse(JSON.parse(text)).data;
}

/** Passwords are made here and known nowhere else; the file is for the person who started this alone. */
function keep(instance: Instance, demo: Demo): void {
  const file = placesOf(instance).demo;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}

/** Addresses are new with the passwords: an account whose password is lost stays out of the way. The admin has theirs from lib/config. */
function invented(): Omit<Demo, 'site'> {
  const mark = randomBytes(2).toString('hex');
  const account = (email: string) => ({ email, password: `Demo-${randomBytes(9).toString('base64url')}-1a` });
  const ofDemo = (name: string) => account(`${name}-${mark}@demo.example`);
  return { creator: ofDemo('creator'), viewer: ofDemo('viewer'), admin: account(localAdmin) };
}

async function ensure(site: string, account: z.infer<typeof Account>, name: string): Promise<void> {
  const { auth } = sluiceClient({ baseUrl: site });
  if (await canSignIn(site, account)) return;
  const { email, password } = account;
  try {
    await auth.register({ body: { email, password, name } });
    await auth.confirm({ body: { email, code: confirmationCode } });
  } catch (error) {
    if (!(error instanceof ApiError && error.problem.code === 'email-taken')) throw error;
    await auth.resetPassword({ body: { email, code: confirmationCode, password } });
  }
  if (!(await canSignIn(site, account))) throw new Error(`the demo account ${account.email} cannot sign in`);
}

async function canSignIn(site: string, account: z.infer<typeof Account>): Promise<boolean> {
  try {
    const { accessToken } = await sluiceClient({ baseUrl: site }).auth.login({ body: { ...account, session: 'api' } });
    await sluiceClient({ baseUrl: site, headers: { authorization: `Bearer ${accessToken}` } }).auth.logout();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.problem.code === 'credentials-wrong') return false;
    throw error;
  }
}
