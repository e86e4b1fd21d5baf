import { expect, it } from 'vitest';
import type { VideoId } from '../../../domain/ids.ts';
import { type JobMessage, jobId, leaseSeconds, leastOutstanding, maxTries } from '../../../domain/jobs/jobs.ts';
import { outstanding } from '../../../domain/jobs/order.ts';
import { raisedPerMinute } from '../../../domain/jobs/raise.ts';
import type { Jobs } from '../../../platform/records/jobs/jobs.ts';
import type { Lease } from '../../../platform/records/jobs/leases.ts';

/** What the books of jobs promise, whoever keeps them. `fresh` gives books in which this video is unknown. */
export function booksOfJobs(fresh: () => Promise<{ jobs: Jobs; videoId: VideoId }>): void {
  const result = { segments: [{ track: '360p', number: 1, sizeBytes: 1000 }], cpuSeconds: 1.5, wallSeconds: 1 };
  const minute = 60_000;

  const opened = async (count: number) => {
    const { jobs, videoId } = await fresh();
    const run = { videoId, attempt: 1 };
    const messages = Array.from({ length: count }, (_, index): JobMessage => ({ kind: 'chunk', ...run, index }));
    const stage = await jobs.openStage(run, 'encode', { taskToken: 'first', jobs: messages }, 0);
    const lease = (index: number, workerId: string): Lease => ({
      run,
      jobId: jobId({ kind: 'chunk', ...run, index }),
      workerId,
    });
    return { jobs, run, messages, stage, lease };
  };

  it('an opened stage has all its jobs queued, each knowing the job to send after it', async () => {
    const { jobs, run, stage } = await opened(leastOutstanding + 60);
    expect(stage).toMatchObject({ total: leastOutstanding + 60, remaining: leastOutstanding + 60 });
    const records = await jobs.listJobs(run, 'encode');
    expect(records.map((job) => job.state)).toEqual(records.map(() => 'queued'));
    expect(records.filter((job) => job.successor)).toHaveLength(60);
    expect((await jobs.getJob(run, 'chunk-00003'))?.successor).toBe(
      `chunk-${String(leastOutstanding + 3).padStart(5, '0')}`,
    );
  });

  it('a stage may have more messages outstanding, where there is a fleet for them', async () => {
    const { jobs, videoId } = await fresh();
    const run = { videoId, attempt: 1 };
    const messages = Array.from({ length: 120 }, (_, index): JobMessage => ({ kind: 'chunk', ...run, index }));
    await jobs.openStage(run, 'encode', { taskToken: 'first', jobs: messages, outstanding: 100 }, 0);
    expect((await jobs.getJob(run, 'chunk-00003'))?.successor).toBe('chunk-00103');
    expect(outstanding(await jobs.listJobs(run, 'encode'))).toHaveLength(100);
  });

  it('a stage opened again takes the new token and keeps what is done', async () => {
    const { jobs, run, messages, lease } = await opened(3);
    await jobs.claim(lease(1, 'a'), 0);
    await jobs.finish(lease(1, 'a'), 'encode', result, 1);
    expect(await jobs.openStage(run, 'encode', { taskToken: 'second', jobs: messages }, 2)).toMatchObject({
      taskToken: 'second',
      remaining: 2,
    });
    expect(await jobs.getJob(run, 'chunk-00001')).toMatchObject({ state: 'done', result });
  });

  it('a stage opened by several at once is opened once', async () => {
    const { jobs, videoId } = await fresh();
    const run = { videoId, attempt: 7 };
    const messages = Array.from({ length: 250 }, (_, index): JobMessage => ({ kind: 'chunk', ...run, index }));
    const stages = await Promise.all(
      ['a', 'b', 'c'].map((taskToken) => jobs.openStage(run, 'encode', { taskToken, jobs: messages }, 0)),
    );
    expect(stages.map((stage) => stage.remaining)).toEqual([250, 250, 250]);
    expect(await jobs.listJobs(run, 'encode')).toHaveLength(250);
  });

  it('a job that counts in no stage is written by one of many, claimed like any other, and done once', async () => {
    const { jobs, videoId } = await fresh();
    const run = { videoId, attempt: 1 };
    const message: JobMessage = { kind: 'chunk', ...run, index: 0 };
    const lease = (workerId: string): Lease => ({ run, jobId: jobId(message), workerId });
    const written = await Promise.all([1, 2, 3].map(() => jobs.createJob(run, message)));
    expect(written.filter((mine) => mine)).toHaveLength(1);
    expect(await jobs.claim(lease('a'), 0)).toMatchObject({ outcome: 'claimed', job: { tries: 1 } });
    expect(await jobs.finishAlone(lease('b'), result)).toBe(false);
    expect(await jobs.finishAlone(lease('a'), result)).toBe(true);
    expect(await jobs.finishAlone(lease('b'), result)).toBe(true);
    expect(await jobs.getJob(run, jobId(message))).toMatchObject({ state: 'done', result });
  });

  it('segments of a run are raised so often in a minute and no oftener, however many ask at once, and again in the next', async () => {
    const { jobs, videoId } = await fresh();
    const run = { videoId, attempt: 1 };
    const all = await Promise.all(Array.from({ length: raisedPerMinute + 20 }, () => jobs.countRaised(run, 59_999)));
    expect(all.filter((counted) => counted)).toHaveLength(raisedPerMinute);
    expect(await jobs.countRaised(run, 60_000)).toBe(true);
    expect(await jobs.countRaised({ ...run, attempt: 2 }, 59_999)).toBe(true);
  });

  it('of many workers that claim one job one gets it, and the others learn until when', async () => {
    const { jobs, lease } = await opened(1);
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((worker) => jobs.claim(lease(0, worker), 1000)));
    expect(claims.filter((claim) => claim.outcome === 'claimed')).toHaveLength(1);
    expect(claims.filter((claim) => claim.outcome === 'held')).toEqual(
      Array(3).fill({ outcome: 'held', until: 1000 + leaseSeconds * 1000 }),
    );
  });

  it('a job whose worker fell silent goes to another, and is no longer the first one’s to end', async () => {
    const { jobs, run, lease } = await opened(1);
    await jobs.claim(lease(0, 'a'), 0);
    expect(await jobs.heartbeat(lease(0, 'a'), 20_000)).toBe(true);
    expect((await jobs.claim(lease(0, 'b'), 20_000 + leaseSeconds * 1000 - 1)).outcome).toBe('held');
    expect((await jobs.claim(lease(0, 'b'), 20_000 + leaseSeconds * 1000)).outcome).toBe('claimed');
    expect(await jobs.heartbeat(lease(0, 'a'), minute)).toBe(false);
    expect(await jobs.finish(lease(0, 'a'), 'encode', result, minute)).toBeUndefined();
    expect(
      await jobs.recordFailure(lease(0, 'a'), { lastError: { code: 'encode-failed', detail: '' }, failedAt: minute }),
    ).toBeUndefined();
    expect(await jobs.handBack(lease(0, 'a'))).toBe(false);
    expect(await jobs.getStage(run, 'encode')).toMatchObject({ remaining: 1 });
  });

  it('finishing twice counts once, and answers the stage both times', async () => {
    const { jobs, lease } = await opened(2);
    await jobs.claim(lease(0, 'a'), 0);
    expect(await jobs.finish(lease(0, 'a'), 'encode', result, 5)).toMatchObject({ remaining: 1, activeAt: 5 });
    expect(await jobs.finish(lease(0, 'a'), 'encode', result, 6)).toMatchObject({ remaining: 1 });
    expect((await jobs.claim(lease(0, 'b'), minute)).outcome).toBe('done');
  });

  it('a job that its workers died of is exhausted after its last try', async () => {
    const { jobs, lease } = await opened(1);
    for (let attempt = 0; attempt < maxTries; attempt++) {
      expect((await jobs.claim(lease(0, `w${attempt}`), attempt * minute)).outcome).toBe('claimed');
    }
    expect((await jobs.claim(lease(0, 'z'), maxTries * minute)).outcome).toBe('exhausted');
  });

  it('a failed try is told and counts; a job handed back does not', async () => {
    const { jobs, lease } = await opened(1);
    await jobs.claim(lease(0, 'a'), 0);
    expect(await jobs.handBack(lease(0, 'a'))).toBe(true);
    await jobs.claim(lease(0, 'b'), 0);
    const lastError = { code: 'encode-failed' as const, detail: 'disk full' };
    const failure = { lastError, failedAt: 5, lastLog: 'logs/1' };
    expect(await jobs.recordFailure(lease(0, 'b'), failure)).toMatchObject({
      state: 'queued',
      tries: 1,
      workerId: 'b',
      ...failure,
    });
    await jobs.claim(lease(0, 'c'), 0);
    expect((await jobs.recordFailure(lease(0, 'c'), { lastError, failedAt: 6 }))?.lastLog).toBeUndefined();
  });

  it('an exhausted job is renewed by one of many, and then claimed like a new one; others are not renewed', async () => {
    const { jobs, run, lease } = await opened(3);
    const id = jobId({ kind: 'chunk', ...run, index: 0 });
    for (let i = 0; i < maxTries; i++) await jobs.claim(lease(0, 'a'), i * minute);
    const renewed = await Promise.all([1, 2, 3].map(() => jobs.renew(run, id)));
    expect(renewed.filter((mine) => mine)).toHaveLength(1);
    expect(await jobs.claim(lease(0, 'b'), 0)).toMatchObject({ outcome: 'claimed', job: { tries: 1 } });
    await jobs.claim(lease(1, 'a'), 0);
    await jobs.finish(lease(1, 'a'), 'encode', result, 1);
    for (const index of [0, 1, 2, 9])
      expect(await jobs.renew(run, jobId({ kind: 'chunk', ...run, index }))).toBe(false);
  });

  it('a stage is closed for the first reason given', async () => {
    const { jobs, run } = await opened(1);
    await jobs.closeStage(run, 'encode', { code: 'damaged', detail: 'frame 9' });
    expect((await jobs.closeStage(run, 'encode', { code: 'internal', detail: '' }))?.closed).toEqual({
      code: 'damaged',
      detail: 'frame 9',
    });
  });

  it('a failed run that is reopened keeps what is done, and tries the rest as if it were new', async () => {
    const { jobs, run, lease } = await opened(4);
    const reason = { code: 'encode-failed' as const, detail: 'disk full' };
    await jobs.claim(lease(0, 'a'), 0);
    await jobs.finish(lease(0, 'a'), 'encode', result, 1);
    const done = await jobs.getJob(run, 'chunk-00000');
    for (let i = 0; i < maxTries; i++) {
      await jobs.claim(lease(1, 'a'), 0);
      await jobs.recordFailure(lease(1, 'a'), { lastError: reason, failedAt: 1 });
    }
    await jobs.claim(lease(2, 'b'), 0);
    const raised: JobMessage = { kind: 'segment', ...run, rung: '360p', number: 7 };
    await jobs.createJob(run, raised);
    for (let i = 0; i < maxTries; i++) await jobs.claim({ run, jobId: jobId(raised), workerId: 'dead' }, i * minute);
    await jobs.closeStage(run, 'encode', reason);
    await jobs.reopen(run);
    await jobs.reopen(run);
    expect((await jobs.getStage(run, 'encode'))?.closed).toBeUndefined();
    expect(await jobs.getStage(run, 'encode')).toMatchObject({ remaining: 3, total: 4 });
    expect(await jobs.getJob(run, 'chunk-00000')).toEqual(done);
    expect(await jobs.claim(lease(1, 'c'), 0)).toMatchObject({ outcome: 'claimed', job: { tries: 1 } });
    expect(await jobs.getJob(run, 'chunk-00002')).toMatchObject({ state: 'running', workerId: 'b', tries: 1 });
    const again = await jobs.claim({ run, jobId: jobId(raised), workerId: 'c' }, maxTries * minute);
    expect(again).toMatchObject({ outcome: 'claimed', job: { tries: 2 } });
    expect(await jobs.getJob(run, 'chunk-00003')).toMatchObject({ state: 'queued', tries: 0 });
  });

  it('a job that is given up counts as done, once, whoever gives it up; until it is exhausted only its worker may', async () => {
    const { jobs, videoId } = await fresh();
    const run = { videoId, attempt: 1 };
    const extras = [
      { kind: 'poster', ...run },
      { kind: 'captions', ...run },
    ] as const;
    await jobs.openStage(run, 'encode', { taskToken: 'first', jobs: extras }, 0);
    const lease = (id: string, workerId: string): Lease => ({ run, jobId: id, workerId });
    const missing = {
      extra: 'poster' as const,
      reason: { code: 'encode-failed' as const, detail: 'x' },
      log: 'logs/1',
    };
    expect(await jobs.giveUp(lease('poster', 'b'), 'encode', missing, 0)).toBeUndefined();
    await jobs.claim(lease('poster', 'a'), 0);
    expect(await jobs.giveUp(lease('poster', 'b'), 'encode', missing, 1)).toBeUndefined();
    expect(await jobs.giveUp(lease('poster', 'a'), 'encode', missing, 1)).toMatchObject({ remaining: 1, activeAt: 1 });
    expect(await jobs.giveUp(lease('poster', 'a'), 'encode', missing, 2)).toMatchObject({ remaining: 1 });
    expect(await jobs.getJob(run, 'poster')).toMatchObject({ state: 'done', result: { missing: [missing] } });
    for (let i = 0; i < maxTries; i++) await jobs.claim(lease('captions', `w${i}`), i * minute);
    const end = maxTries * minute;
    expect(await jobs.giveUp(lease('captions', 'b'), 'encode', { ...missing, extra: 'captions' }, end)).toMatchObject({
      remaining: 0,
    });
    // A run that failed for something else tries them again.
    await jobs.reopen(run);
    await jobs.reopen(run);
    expect(await jobs.getStage(run, 'encode')).toMatchObject({ remaining: 2 });
    expect(await jobs.claim(lease('poster', 'c'), end)).toMatchObject({ outcome: 'claimed', job: { tries: 1 } });
  });

  it('its jobs are read by the page, in the order of their ids, those too that count in no stage', async () => {
    const { jobs, run } = await opened(5);
    await jobs.createJob(run, { kind: 'segment', ...run, rung: '360p', number: 7 });
    const first = await jobs.pageOfJobs(run, { limit: 4, cursor: undefined });
    const second = await jobs.pageOfJobs(run, { limit: 4, cursor: first.cursor ?? undefined });
    expect([...first.jobs, ...second.jobs].map((job) => job.jobId)).toEqual([
      ...Array.from({ length: 5 }, (_, i) => `chunk-0000${i}`),
      'segment-360p-00007',
    ]);
    expect(second.cursor).toBeNull();
  });

  it('what was never opened is not there', async () => {
    const { jobs, lease, run } = await opened(1);
    expect(await jobs.getStage(run, 'prepare')).toBeUndefined();
    expect(await jobs.closeStage(run, 'prepare', { code: 'internal', detail: '' })).toBeUndefined();
    expect(await jobs.claim({ ...lease(0, 'a'), jobId: 'chunk-00009' }, 0)).toEqual({ outcome: 'gone' });
    expect(await jobs.getPlan(run)).toBeUndefined();
  });

  it('the stage empties exactly once however many workers finish its jobs at a time', async () => {
    const { jobs, run, messages, lease } = await opened(40);
    const stages = await Promise.all(
      messages.map(async (_, index) => {
        await jobs.claim(lease(index, `w${index}`), 0);
        return jobs.finish(lease(index, `w${index}`), 'encode', result, 1);
      }),
    );
    expect(stages.some((stage) => stage?.remaining === 0)).toBe(true);
    expect(await jobs.getStage(run, 'encode')).toMatchObject({ remaining: 0, total: 40 });
  });
}
