import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { home, root } from '../../local/instance.ts';
import { tools } from '../../local/tools.ts';
import { endings } from '../commands/calls.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newPerson, type Person } from '../commands/people.ts';

const seed = 2026;
/** Of each operation; some are as the document says, some are not. */
const calls = 6;

let caller: Person;

beforeAll(async () => {
  caller = await newPerson({ roles: ['admin'] });
});

describe('the OpenAPI document', () => {
  it(`is what the API does, by Schemathesis (seed ${seed})`, async () => {
    const { code, report } = await schemathesis(caller.token);
    expect(code, report).toBe(0);
  });
});

function schemathesis(token: string): Promise<{ code: number | null; report: string }> {
  const args = [
    ...['--config-file', join(import.meta.dirname, 'schemathesis.toml')],
    ...['run', join(root, 'docs/api/openapi.json'), '--url', `${localCloud().site}/api`],
    ...['--header', `Authorization: Bearer ${token}`, '--seed', String(seed), '--max-examples', String(calls)],
    ...endings.flatMap((name) => ['--exclude-operation-id', name.split('.')[1] ?? '']),
  ];
  const program = join(dirname(tools().python), 'schemathesis');
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { cwd: home, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error ?? new Error('it did not end'));
      else resolve({ code: child.exitCode, report: findings(stdout) + stderr });
    });
  });
}

/** From the first failure on: what was wrong, and the call that shows it. */
const findings = (output: string) => output.slice(Math.max(0, output.search(/^=+ (FAILURES|ERRORS)/m)));
