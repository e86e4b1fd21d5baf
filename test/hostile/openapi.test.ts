import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../local/instance.ts';
import { tools } from '../../local/tools.ts';
import { localCloud } from '../commands/local-cloud.ts';
import { newPerson, type Person } from '../commands/people.ts';

/** What is asked of every answer. Unsupported methods are the gateway's, which knows no 405. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'ignored_auth',
];
/** Calls that would leave the rest of the run without somebody who is signed in. */
const endings = ['logout'];
const seed = 2026;
const secondsAtMost = 60;

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
    ...['run', join(root, 'docs/api/openapi.json'), '--url', `${localCloud().site}/api`],
    ...['--header', `Authorization: Bearer ${token}`],
    ...['--phases', 'coverage,fuzzing', '--max-examples', '3', '--max-time', String(secondsAtMost), '--workers', '2'],
    ...['--seed', String(seed), '--generation-database', 'none', '--no-shrink', '--checks', checks.join(',')],
    ...endings.flatMap((name) => ['--exclude-operation-id', name]),
    ...['--request-timeout', '30', '--warnings', 'off', '--no-color'],
  ];
  const program = join(dirname(tools().python), 'schemathesis');
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error ?? new Error('it did not end'));
      else resolve({ code: child.exitCode, report: findings(stdout) + stderr });
    });
  });
}

/** From the first failure on: what was wrong, and the call that shows it. */
const findings = (output: string) => output.slice(Math.max(0, output.search(/^=+ (FAILURES|ERRORS)/m)));
