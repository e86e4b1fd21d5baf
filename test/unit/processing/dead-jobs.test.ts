import { expect, it } from 'vitest';
import { type JobMessage, jobId, leaseSeconds, maxTries } from '../../../domain/jobs/jobs.ts';
import { buryJob } from '../../../lambdas/processing/dead-jobs.ts';
import { encode } from '../../../lambdas/processing/encode.ts';
import { scene } from './scene.ts';

async function encoding() {
  const s = scene();
  await s.prepared(40);
  await encode(s.services, s.run, 'token');
  s.sent.length = 0;
  const letter: JobMessage = { kind: 'chunk', ...s.run, index: 1 };
  const claim = () => s.jobs.claim({ run: s.run, jobId: 'chunk-00001', workerId: 'worker' }, s.clock.ms);
  return { ...s, letter, claim, bury: () => buryJob(s.services, letter) };
}

it('a job that its workers died of fails the stage', async () => {
  const s = await encoding();
  for (let i = 0; i < maxTries; i++) {
    await s.claim();
    s.pass(leaseSeconds);
  }
  expect(await s.bury()).toBe('failed');
  const failure = { code: 'encode-failed', detail: 'chunk-00001: the worker was lost, 3 times' };
  expect(s.released).toEqual([{ token: 'token', release: { failure } }]);
});

it('an extra that its workers died of is left out, and the job whose turn it then is is sent', async () => {
  const s = scene();
  await s.prepared(400);
  await encode(s.services, s.run, 'token');
  s.sent.length = 0;
  const letter: JobMessage = { kind: 'poster', ...s.run };
  for (let i = 0; i < maxTries; i++) {
    await s.jobs.claim({ run: s.run, jobId: 'poster', workerId: 'worker' }, s.clock.ms);
    s.pass(leaseSeconds);
  }
  expect(await buryJob(s.services, letter)).toBe('given up');
  expect(s.released).toEqual([]);
  const poster = await s.jobs.getJob(s.run, 'poster');
  expect(poster).toMatchObject({ state: 'done', result: { missing: [{ extra: 'poster' }] } });
  expect(s.sent.map(jobId)).toEqual([poster?.successor]);
});

it('a job that failed each time fails the stage with what was seen last', async () => {
  const s = await encoding();
  const lastError = { code: 'encode-failed' as const, detail: 'disk full' };
  for (let i = 0; i < maxTries; i++) {
    await s.claim();
    await s.jobs.recordFailure({ run: s.run, jobId: 'chunk-00001', workerId: 'worker' }, { lastError, failedAt: 0 });
  }
  await s.bury();
  expect(s.released).toEqual([{ token: 'token', release: { failure: lastError } }]);
});

it('a job that a worker is at is left for later', async () => {
  const s = await encoding();
  await s.claim();
  expect(await s.bury()).toBe('held');
  expect([...s.sent, ...s.released]).toEqual([]);
});

it('a job that may still be tried is sent again', async () => {
  const s = await encoding();
  expect(await s.bury()).toBe('sent again');
  expect(s.sent).toEqual([s.letter]);
});

it('the last job of a stage, done but never told, releases it', async () => {
  const s = await encoding();
  for (const job of await s.jobs.listJobs(s.run, 'encode')) await s.finishes(job.jobId);
  expect(await s.bury()).toBe('released');
  expect(s.released).toEqual([{ token: 'token', release: { success: {} } }]);
});

it('a job of a stage that has ended for a reason is not tried again', async () => {
  const s = await encoding();
  const reason = { code: 'damaged' as const, detail: 'frame 9' };
  await s.jobs.closeStage(s.run, 'encode', reason);
  expect(await s.bury()).toBe('released');
  expect(s.sent).toEqual([]);
  expect(s.released).toEqual([{ token: 'token', release: { failure: reason } }]);
});

it('prepare that no worker has looked at is sent again', async () => {
  const s = scene();
  const letter: JobMessage = { kind: 'prepare', ...s.run, taskToken: 'token' };
  expect(await buryJob(s.services, letter)).toBe('sent again');
  expect(s.sent).toEqual([letter]);
});

it('prepare that its workers died of fails with the token that it carries', async () => {
  const s = scene();
  const letter: JobMessage = { kind: 'prepare', ...s.run, taskToken: 'token' };
  await s.jobs.openStage(s.run, 'prepare', { taskToken: 'another', jobs: [letter] }, s.clock.ms);
  for (let i = 0; i < maxTries; i++) {
    await s.jobs.claim({ run: s.run, jobId: 'prepare', workerId: 'worker' }, s.clock.ms);
    s.pass(leaseSeconds);
  }
  expect(await buryJob(s.services, letter)).toBe('failed');
  expect(s.released).toMatchObject([{ token: 'token', release: { failure: { code: 'encode-failed' } } }]);
});

it('a job of a run that is forgotten is dropped', async () => {
  const s = scene();
  expect(await buryJob(s.services, { kind: 'poster', ...s.run })).toBe('forgotten');
});
