import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localCloud } from './local-cloud.ts';
import type { Person } from './people.ts';

/** The command line of somebody, on a machine of their own. */
export interface Cli extends AsyncDisposable {
  /** What a command prints with `--json`. @throws Error if it fails. */
  readonly json: (...args: readonly string[]) => Promise<unknown>;
}

const program = join(import.meta.dirname, '../../cli/main.ts');
const timeoutMs = 90_000;

export async function cliOf({ email, password }: Person): Promise<Cli> {
  const home = await mkdtemp(join(tmpdir(), 'cli-'));
  const env = { PATH: process.env['PATH'], HOME: home, SLUICE_SITE: localCloud().site };
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    promisify(execFile)(process.execPath, [program, ...args], { env: { ...env, ...more }, timeout: timeoutMs });
  await run(['login'], { SLUICE_EMAIL: email, SLUICE_PASSWORD: password });
  return {
    json: async (...args) => JSON.parse((await run([...args, '--json'])).stdout),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true }),
  };
}
