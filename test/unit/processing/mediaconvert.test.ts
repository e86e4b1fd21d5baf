import { describe, expect, it } from 'vitest';
import { executionName } from '../../../domain/jobs/jobs.ts';
import { canceled, type JobNews } from '../../../domain/media/mediaconvert/events.ts';
import { encode } from '../../../lambdas/processing/encode.ts';
import { hear } from '../../../lambdas/processing/mediaconvert/hear.ts';
import { reconcile } from '../../../lambdas/processing/reconciliation.ts';
import { scene } from './scene.ts';

const complete: JobNews = { is: 'complete' };
const reason = { code: 'damaged', detail: 'MediaConvert 1075: parse error' } as const;
const failed: JobNews = { is: 'over', reason };
const success = (token: string) => ({ token, release: { success: {} } });

/** A title that MediaConvert is at; `hears` is what its events do. */
async function transcoding() {
  const s = scene();
  await s.prepared(40, 'mediaconvert');
  await encode(s.services, s.run, 'token');
  const ours = 'jobId' in s.mediaConvert.answer ? s.mediaConvert.answer.jobId : '';
  return { ...s, hears: (news: JobNews, job = ours, run = s.run) => hear(s.services, run, job, news) };
}

describe('a title for MediaConvert', () => {
  it('is given away whole, and only its poster goes to our workers', async () => {
    const s = await transcoding();
    expect(s.mediaConvert.submitted.map(({ videoId }) => videoId)).toEqual([s.run.videoId]);
    expect(s.sent.map(({ kind }) => kind)).toEqual(['poster']);
    expect(s.released).toEqual([]);
  });

  it('is given away once, however often the stage is opened', async () => {
    const s = await transcoding();
    s.pass(3600);
    await encode(s.services, s.run, 'another token');
    expect(s.mediaConvert.submitted).toHaveLength(1);
    await s.finishes('poster');
    await s.hears(complete);
    expect(s.released).toEqual([success('another token')]);
  });

  it('ends its stage when both the service and the poster are done, in either order', async () => {
    for (const posterFirst of [true, false]) {
      const s = await transcoding();
      if (posterFirst) await s.finishes('poster');
      await s.hears(complete);
      if (!posterFirst) {
        expect(s.released).toEqual([]);
        await s.finishes('poster');
        await encode(s.services, s.run, 'token');
      }
      expect(s.released).toEqual([success('token')]);
    }
  });

  it('ends with the reason where the service refuses its settings, without asking again', async () => {
    const s = scene();
    await s.prepared(40, 'mediaconvert');
    const refused = { code: 'internal', detail: 'MediaConvert does not take the job: bad width' } as const;
    s.mediaConvert.answer = { refused };
    await encode(s.services, s.run, 'token');
    await encode(s.services, s.run, 'another');
    expect(s.released.map(({ release }) => release)).toEqual([{ failure: refused }, { failure: refused }]);
    expect(s.mediaConvert.submitted).toHaveLength(1);
  });

  it('ends with a reason where the environment has no such engine any more', async () => {
    const s = scene();
    await s.prepared(40, 'mediaconvert');
    await encode({ ...s.services, transcoder: undefined }, s.run, 'token');
    expect(s.released).toMatchObject([{ release: { failure: { code: 'internal' } } }]);
  });
});

describe('news of a job', () => {
  it('show how far it is, and never less than before', async () => {
    const s = await transcoding();
    for (const share of [0.4, 0.2, undefined]) expect(await s.hears({ is: 'progress', share })).toBe('heard');
    expect(s.video()?.progress).toBe(0.4);
    expect(s.released).toEqual([]);
  });

  it('that it failed end the stage with the reason', async () => {
    const s = await transcoding();
    await s.hears(failed);
    expect(s.released).toEqual([{ token: 'token', release: { failure: reason } }]);
  });

  it('may come before it is written down which job it is', async () => {
    const s = scene();
    await s.prepared(40, 'mediaconvert');
    await s.jobs.openStage(s.run, 'encode', { taskToken: 'token', jobs: [{ kind: 'transcode', ...s.run }] }, 0);
    expect(await hear(s.services, s.run, 'early', complete)).toBe('heard');
    expect(s.released).toEqual([success('token')]);
    await encode(s.services, s.run, 'token');
    expect(s.mediaConvert.submitted).toEqual([]);
  });

  it('do no harm twice, nor after the end', async () => {
    const s = await transcoding();
    await s.finishes('poster');
    expect([await s.hears(complete), await s.hears(complete), await s.hears(failed)]).toEqual([
      'heard',
      'heard',
      'stale',
    ]);
    expect(s.released).toEqual([success('token'), success('token')]);
  });

  it('of another job, of an attempt that was overtaken or of no title of ours do nothing', async () => {
    const s = await transcoding();
    expect(await s.hears(failed, 'another job')).toBe('stale');
    expect(await s.hears(failed, undefined, { ...s.run, attempt: 2 })).toBe('stale');
    s.becomes({ attempt: 2 });
    expect(await s.hears(failed)).toBe('stale');
    expect(s.released).toEqual([]);
    expect((await s.jobs.getStage(s.run, 'encode'))?.closed).toBeUndefined();
  });

  it('that never came are asked for, once the stage has been still for ten minutes', async () => {
    const s = await transcoding();
    s.executions.set(executionName(s.run), 'RUNNING');
    await s.finishes('poster');
    s.mediaConvert.news = complete;
    s.pass(300);
    await reconcile(s.services);
    expect(s.released).toEqual([]);
    s.pass(301);
    s.sent.length = 0;
    await reconcile(s.services);
    expect(s.released).toEqual([success('token')]);
    expect(s.sent).toEqual([]);
  });
});

describe('a title of a video that is deleted', () => {
  const ours = '1671477617078-2886ye';

  it('is cancelled, and what is told of its job after that is nobody’s', async () => {
    const s = await transcoding();
    await s.services.transcoder?.cancel(s.run);
    await s.services.transcoder?.cancel(s.run);
    expect(s.mediaConvert.cancelled).toEqual([ours]);
    expect(await s.hears({ is: 'over', reason: canceled })).toBe('stale');
    expect((await s.jobs.getStage(s.run, 'encode'))?.closed).toBeUndefined();
  });

  it('is cancelled as well where it was deleted while the title was given away', async () => {
    const s = scene();
    await s.prepared(40, 'mediaconvert');
    s.becomes({ state: 'deleted' });
    await encode(s.services, s.run, 'token');
    expect(s.mediaConvert.cancelled).toEqual([ours]);
  });

  it('is given away anew when the video is had back, as another job', async () => {
    const s = await transcoding();
    await s.services.transcoder?.cancel(s.run);
    await s.jobs.reopen(s.run);
    s.mediaConvert.answer = { jobId: 'the next' };
    await encode(s.services, s.run, 'another token');
    expect(s.mediaConvert.after).toEqual([undefined, ours]);
    expect(await s.hears({ is: 'over', reason: canceled })).toBe('stale');
    await s.finishes('poster');
    await s.hears(complete, 'the next');
    expect(s.released).toEqual([success('another token')]);
  });

  it('is left alone where it is over', async () => {
    const s = await transcoding();
    await s.hears(complete);
    await s.services.transcoder?.cancel(s.run);
    expect(s.mediaConvert.cancelled).toEqual([]);
  });
});
