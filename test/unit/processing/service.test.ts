import { describe, expect, it } from 'vitest';
import type { ExecutionInput } from '../../../domain/jobs/jobs.ts';
import { processingService } from '../../../lambdas/processing/service.ts';
import { scene } from './scene.ts';

function serviceOf(s: ReturnType<typeof scene>) {
  const started: string[] = [];
  const start = async ({ attempt, ownerId }: ExecutionInput, number: number) => {
    expect(ownerId).toBe(s.video()?.ownerId);
    started.push(`${attempt} ${number}`);
  };
  const { videos } = s.services;
  const service = processingService({ videos, jobs: s.jobs, start, signLog: async (key) => `https://logs/${key}` });
  return { ...service, started };
}

describe('processing again', () => {
  it('is one attempt, however many ask for it at a time', async () => {
    const s = scene();
    s.becomes({ state: 'ready' });
    const service = serviceOf(s);
    const { videoId } = s.run;
    const answers = await Promise.all(Array.from({ length: 10 }, () => service.reprocess(videoId, 'everything', 1)));
    expect(answers).toEqual(answers.map(() => ({ videoId, attempt: 2 })));
    expect(s.video()).toMatchObject({ state: 'processing', attempt: 2 });
    expect(new Set(service.started)).toEqual(new Set(['2 0']));
  });

  it('of what failed opens its books again, and starts another execution of the same attempt', async () => {
    const s = scene();
    const message = { kind: 'poster' as const, ...s.run };
    await s.jobs.openStage(s.run, 'encode', { taskToken: 'old', jobs: [message] }, 0);
    const reason = { code: 'encode-failed' as const, detail: 'disk full' };
    await s.jobs.closeStage(s.run, 'encode', reason);
    s.becomes({ state: 'failed', reason, playableAt: 3 });
    const service = serviceOf(s);
    const answers = await Promise.all([1, 2, 3].map(() => service.reprocess(s.run.videoId, 'failed', 1)));
    expect(answers).toEqual(answers.map(() => s.run));
    expect((await s.jobs.getStage(s.run, 'encode'))?.closed).toBeUndefined();
    expect(s.video()).toMatchObject({ state: 'playable', attempt: 1 });
    expect(new Set(service.started)).toEqual(new Set(['1 4']));
  });

  it('that cannot be is refused with the reason; of a video that is not there, as that', async () => {
    const s = scene();
    const service = serviceOf(s);
    s.becomes({ state: 'ready' });
    expect(await service.reprocess(s.run.videoId, 'failed', 1)).toMatchObject({ code: 'not-reprocessable' });
    s.becomes({ state: 'deleted' });
    expect(await service.reprocess(s.run.videoId, 'everything', 1)).toMatchObject({ code: 'video-not-found' });
    expect(await service.ownerOf(s.run.videoId)).toBeUndefined();
    expect(service.started).toEqual([]);
  });
});

it('jobs are shown with worker, last error and an address of its log, and without their tokens', async () => {
  const s = scene();
  await s.jobs.openStage(
    s.run,
    'prepare',
    { taskToken: 'secret', jobs: [{ kind: 'prepare', ...s.run, taskToken: 'secret' }] },
    0,
  );
  const lease = { run: s.run, jobId: 'prepare', workerId: 'worker-1' };
  await s.jobs.claim(lease, 0);
  const lastError = { code: 'encode-failed' as const, detail: 'disk full' };
  await s.jobs.recordFailure(lease, { lastError, failedAt: 0, lastLog: 'logs/a' });
  const page = await serviceOf(s).listJobs({ videoId: s.run.videoId, limit: 10 });
  expect(page).toEqual({
    ...s.run,
    jobs: [
      {
        jobId: 'prepare',
        kind: 'prepare',
        state: 'queued',
        tries: 1,
        workerId: 'worker-1',
        lastError,
        missing: [],
        log: 'https://logs/logs/a',
        cpuSeconds: null,
        wallSeconds: null,
      },
    ],
    cursor: null,
  });
});
