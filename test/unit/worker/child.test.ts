import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { ChildFailure, type ChildLimits, runChild } from '../../../worker/media/child.ts';

const cwd = mkdtempSync(join(tmpdir(), 'child-test-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const limits: ChildLimits = { cwd, signal: new AbortController().signal, timeoutSeconds: 30, urgency: 'express' };
const shell = (script: string, more: Partial<ChildLimits> = {}) =>
  runChild('/bin/sh', ['-c', script], { ...limits, ...more });
const failed = async (script: string, more: Partial<ChildLimits> = {}): Promise<ChildFailure> => {
  const error = await shell(script, more).catch((reason: unknown) => reason);
  return error instanceof ChildFailure ? error : expect.unreachable(`it ended with ${String(error)}`);
};

/** Holds so many bytes at once. */
const hold = (bytes: number) => `dd if=/dev/zero of=/dev/null bs=${bytes} count=1`;

test('a child gets no more memory than its limit, and just as well what is below it', async () => {
  const memoryBytes = 256 * 1024 ** 2;
  await shell(hold(memoryBytes / 4), { memoryBytes });
  expect((await failed(hold(memoryBytes), { memoryBytes })).stderr).toContain('memory exhausted');
});

/** Writes one byte at a place in a file, which is empty up to there and takes no room. */
const writeAt = (offset: number) => `exec dd if=/dev/zero of=large bs=1 count=1 seek=${offset}`;

test('a child writes no file beyond 8 GiB, and just as well one up to there', async () => {
  const most = 8 * 1024 ** 3;
  await shell(writeAt(most - 1));
  expect((await failed(writeAt(most))).message).toMatch(/SIGXFSZ|File too large/);
  expect(statSync(join(cwd, 'large')).size).toBeLessThanOrEqual(most);
});

test('a child may use eight processors for as long as it may take, 256 files, and leaves no core', async () => {
  const { stdout } = await shell('ulimit -Ht; ulimit -Hn; ulimit -Hc');
  expect(stdout).toBe('240\n256\n0\n');
});

test('a child whose processor time is used up is ended, long before the clock', async () => {
  // The limit that it was given, lowered by itself: only what is left of it may be waited for in a test.
  const spent = await failed('ulimit -t 1; while :; do :; done');
  expect(spent).toMatchObject({ timedOut: false, exitCode: null });
  expect(spent.message).toMatch(/was ended by SIG(XCPU|KILL)/);
});

test('a child cannot raise its limits', async () => {
  for (const limit of ['-t', '-v', '-f', '-n', '-c'])
    expect(await failed(`ulimit ${limit} unlimited`), limit).toMatchObject({ timedOut: false });
});

test('a child sees nothing of the environment of the worker', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not for children');
  try {
    const { stdout } = await runChild('/usr/bin/env', [], { ...limits, env: { FLAGS_keys: 'its own' } });
    expect(stdout.trim().split('\n').sort()).toEqual(
      ['FLAGS_keys=its own', `HOME=${cwd}`, 'LC_ALL=C', 'PATH=/usr/bin:/bin', `TMPDIR=${cwd}`].sort(),
    );
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a child that waits is ended by the clock', async () => {
  expect(await failed('exec sleep 60', { timeoutSeconds: 0.2 })).toMatchObject({ timedOut: true, exitCode: null });
});

test('a child that floods its output is ended; of one whose tail is wanted the last lines are kept', async () => {
  expect((await failed('exec yes flood')).message).toContain('was ended by SIGKILL');
  const { stdout } = await shell('yes flood | head -n 200000; echo last', { stdout: 'tail' });
  expect(stdout.length).toBeLessThanOrEqual(256 * 1024);
  expect(stdout).toMatch(/^(flood\n)+last\n$/);
});

test('what a child says of itself is kept to its last 256 KiB', async () => {
  const { stderr } = await shell('yes said | head -n 200000 >&2; echo last >&2');
  expect(stderr.length).toBeLessThanOrEqual(256 * 1024);
  expect(stderr).toMatch(/said\nlast\n$/);
});

test('what a child says of each packet of sound drives out nothing that matters', async () => {
  const packet = '[noise @ 0x1] [verbose] Stream #0 packet 1 pts 1024 - amount 0 drop 1';
  const { stderr } = await shell(`echo first >&2; yes '${packet}' | head -n 20000 >&2; echo last >&2`);
  expect(stderr.length).toBeLessThanOrEqual(256 * 1024);
  expect(stderr).toMatch(/^first\n[\s\S]*last\n$/);
});

test('bulk work weighs least of all on a processor; work that somebody waits for weighs what anything does', async () => {
  const niceness = async (urgency: ChildLimits['urgency']) => {
    // The 19th field (proc_pid_stat(5)), behind a name without blanks.
    const { stdout } = await runChild('/bin/cat', ['/proc/self/stat'], { ...limits, urgency });
    return Number(stdout.split(' ')[18]);
  };
  expect(await niceness('express')).toBe(getPriority());
  expect(await niceness('bulk')).toBe(19);
});
