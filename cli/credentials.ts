import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import * as z from 'zod';
import { readJson, writeJson } from './json-file.ts';
import { credentialsPath } from './places.ts';

const Account = z.object({
  email: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** When the access token ends, in milliseconds since the epoch. */
  goodUntil: z.number(),
});
export type Account = z.infer<typeof Account>;

const Credentials = z.object({ lastSite: z.string().nullable(), accounts: z.record(z.string(), Account) });
type Credentials = z.infer<typeof Credentials>;

const read = async (): Promise<Credentials> =>
  (await readJson(credentialsPath(), Credentials)) ?? { lastSite: null, accounts: {} };

export const accountAt = async (site: string) => (await read()).accounts[site];
export const lastSite = async () => (await read()).lastSite;

export async function keepAccount(site: string, account: Account): Promise<void> {
  const { accounts } = await read();
  await writeJson(credentialsPath(), { lastSite: site, accounts: { ...accounts, [site]: account } });
}

export async function dropAccount(site: string): Promise<void> {
  const credentials = await read();
  const { [site]: _, ...accounts } = credentials.accounts;
  await writeJson(credentialsPath(), { ...credentials, accounts });
}

/**
 * Runs `task` while no other process of this program does: a refresh token works once, and one that is used twice ends
 * its session. A lock that its holder did not renew for five seconds belonged to a killed process.
 */
export async function alone<T>(task: () => Promise<T>): Promise<T> {
  const path = credentialsPath();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const release = await lock(path, {
    realpath: false,
    stale: 5_000,
    retries: { retries: 100, factor: 1.2, minTimeout: 50, maxTimeout: 500 },
  });
  try {
    return await task();
  } finally {
    await release();
  }
}
