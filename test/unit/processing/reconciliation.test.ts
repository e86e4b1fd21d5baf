import { describe, expect, it } from 'vitest';
import { executionName, jobId } from '../../../domain/jobs/jobs.ts';
import { encode } from '../../../lambdas/processing/encode.ts';
import { reconcile } from '../../../lambdas/processing/reconciliation.ts';
import { scene } from './scene.ts';

async function encoding() {
  const s = scene();
  await s.prepared(40);
  s.executions.set(executionName(s.run), 'RUNNING');
  await encode(s.services, s.run, 'token');
  s.sent.length = 0;
  return s;
}

describe('an execution that is missing', () => {
  it('is started, once the video has been still for a minute', async () => {
    const s = scene();
    s.pass(30);
    await reconcile(s.services);
    expect([...s.executions]).toEqual([]);
    s.pass(31);
    await reconcile(s.services);
    await reconcile(s.services);
    expect([...s.executions]).toEqual([[executionName(s.run), 'RUNNING']]);
  });

  it('is taken up by another where it broke off, but not for ever', async () => {
    const s = scene();
    for (let i = 0; i < 10; i++) {
      s.pass(61);
      await reconcile(s.services);
      for (const name of s.executions.keys()) s.executions.set(name, 'FAILED');
    }
    expect([...s.executions.keys()]).toEqual([0, 1, 2, 3].map((resumption) => executionName(s.run, resumption)));
    expect(s.video()).toMatchObject({ state: 'failed', reason: { code: 'internal' } });
    expect(s.events.map(({ name }) => name)).toEqual(['video.failed']);
  });

  it('of a run that is tried again is started behind those that there have been, and taken up as often', async () => {
    const s = scene();
    s.becomes({ firstExecution: 4 });
    s.executions.set(executionName(s.run), 'FAILED');
    for (let i = 0; i < 10; i++) {
      s.pass(61);
      await reconcile(s.services);
      for (const name of s.executions.keys()) s.executions.set(name, 'FAILED');
    }
    expect([...s.executions.keys()]).toEqual([0, 4, 5, 6, 7].map((number) => executionName(s.run, number)));
    expect(s.video()?.state).toBe('failed');
  });

  it.each([
    ['TIMED_OUT', 'timed-out'],
    ['ABORTED', 'internal'],
  ])('because it %s ends the run as %s', async (status, code) => {
    const s = scene();
    s.executions.set(executionName(s.run), status);
    s.pass(61);
    await reconcile(s.services);
    expect(s.video()).toMatchObject({ state: 'failed', reason: { code } });
    expect(s.executions.size).toBe(1);
  });
});

describe('a stage', () => {
  it('that is finished but was not released is released', async () => {
    const s = await encoding();
    for (const job of await s.jobs.listJobs(s.run, 'encode')) await s.finishes(job.jobId);
    s.pass(61);
    await reconcile(s.services);
    expect(s.released).toEqual([{ token: 'token', release: { success: {} } }]);
  });

  it('that stands still has its lost messages sent again, but not those that a worker is at', async () => {
    const s = await encoding();
    s.pass(601);
    await s.jobs.claim({ run: s.run, jobId: 'poster', workerId: 'worker' }, s.clock.ms);
    await reconcile(s.services);
    expect(s.sent.map(jobId).toSorted()).toEqual(['chunk-00000', 'chunk-00001', 'chunk-00002', 'chunk-00003']);
  });

  it('is not flooded: what waits in line is not sent again each minute', async () => {
    const s = await encoding();
    for (let minute = 0; minute < 15; minute++) {
      s.pass(61);
      await reconcile(s.services);
    }
    expect(s.sent).toHaveLength((await s.jobs.listJobs(s.run, 'encode')).length);
  });

  it('of prepare is sent again with the token that the state machine waits for', async () => {
    const s = scene();
    s.executions.set(executionName(s.run), 'RUNNING');
    const message = { kind: 'prepare' as const, ...s.run, taskToken: 'old' };
    await s.jobs.openStage(s.run, 'prepare', { taskToken: 'old', jobs: [message] }, s.clock.ms);
    await s.jobs.openStage(s.run, 'prepare', { taskToken: 'new', jobs: [message] }, s.clock.ms);
    s.pass(601);
    await reconcile(s.services);
    expect(s.sent).toEqual([{ ...message, taskToken: 'new' }]);
  });
});

it('a settled video is left alone, whatever the index still says', async () => {
  const s = scene();
  const stale = s.video();
  s.becomes({ state: 'ready' });
  await reconcile({
    ...s.services,
    videos: { ...s.services.videos, listUnsettled: async () => (stale ? [stale] : []) },
  });
  expect([...s.executions]).toEqual([]);
});

it('one video that cannot be reconciled does not keep the others from it, and is told', async () => {
  const s = scene();
  s.pass(61);
  const { videos } = s.services;
  const [broken] = await scene().services.videos.listUnsettled(Number.POSITIVE_INFINITY, 1);
  const failing = {
    ...videos,
    listUnsettled: async () => [...(broken ? [broken] : []), ...(await videos.listUnsettled(s.clock.ms, 25))],
    get: async (videoId: Parameters<typeof videos.get>[0]) => {
      if (videoId === broken?.videoId) throw new Error('throttled');
      return videos.get(videoId);
    },
  };
  await expect(reconcile({ ...s.services, videos: failing })).rejects.toThrow('1 of 2 videos were not reconciled');
  expect([...s.executions.keys()]).toEqual([executionName(s.run)]);
});
