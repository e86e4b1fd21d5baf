import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ChildFailure, runChild } from '../../../worker/media/child.ts';
import { loopback } from '../../../worker/media/loopback.ts';

it('what a child said is kept without the address of its source and without keys, up to its last 256 KiB', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'child-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const { url, close } = await loopback(1, async () => Buffer.from('x'));
  close();
  const key = randomBytes(16).toString('hex');
  const script = `for i in $(seq 1 20000); do echo "line $i of the beginning"; done >&2
    echo "[http] opening '${url}' for reading" >&2
    echo "bad flag: label=:key_id=${key}:key=${key}" >&2
    exit 3`;
  const failure = await runChild('/bin/sh', ['-c', script], {
    cwd,
    signal: new AbortController().signal,
    timeoutSeconds: 10,
    urgency: 'express',
  }).catch((error: unknown) => error);
  if (!(failure instanceof ChildFailure)) throw failure;
  for (const said of [failure.stderr, failure.message]) {
    expect(said).toContain("opening 'the-source' for reading");
    expect(said).not.toContain('127.0.0.1');
    expect(said).not.toContain(`:key=${key}`);
  }
  expect(failure.stderr.length).toBeLessThanOrEqual(256 * 1024);
  expect(failure.stderr).not.toContain('line 1 of the beginning\n');
});
