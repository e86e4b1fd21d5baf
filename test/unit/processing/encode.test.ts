import { describe, expect, it } from 'vitest';
import { stageSeconds } from '../../../domain/capacity/work.ts';
import { jobId, leastOutstanding, outstandingFor } from '../../../domain/jobs/jobs.ts';
import { encode } from '../../../lambdas/processing/encode.ts';
import { scene } from './scene.ts';

describe('opening the encode stage', () => {
  it('sends the first jobs of the title, and no more than may be outstanding', async () => {
    const s = scene();
    await s.prepared(4 * 3600);
    await encode(s.services, s.run, 'token');
    expect(s.sent).toHaveLength(s.services.outstandingPerVideo);
    // The next is sent by whoever finishes the first.
    const first = await s.jobs.getJob(s.run, 'chunk-00000');
    expect(first?.successor).toBe(`chunk-${String(s.services.outstandingPerVideo - 1).padStart(5, '0')}`);
    expect(s.sent.map(jobId).slice(0, 3)).toEqual(['chunk-00000', 'poster', 'chunk-00001']);
    expect(s.released).toEqual([]);
  });

  it('sends as many as the largest fleet can take', async () => {
    const s = scene();
    await s.prepared(4 * 3600);
    await encode({ ...s.services, outstandingPerVideo: outstandingFor(200) }, s.run, 'token');
    expect(s.sent).toHaveLength(400);
    expect(outstandingFor(2)).toBe(leastOutstanding);
  });

  it('notes beforehand how much work it is, for the fleet to grow by', async () => {
    const s = scene();
    await s.prepared(4 * 3600);
    const plan = await s.jobs.getPlan(s.run);
    await encode(s.services, s.run, 'token');
    expect(s.video()?.encodeWork).toEqual({ attempt: 1, cpuSeconds: plan && stageSeconds(s.run, plan) });
  });

  it('again, goes on where the work stands', async () => {
    const s = scene();
    await s.prepared(40);
    await encode(s.services, s.run, 'token');
    await s.finishes('poster');
    await s.finishes('chunk-00002');
    s.sent.length = 0;
    await encode(s.services, s.run, 'another token');
    expect(s.sent.map(jobId).toSorted()).toEqual(['chunk-00000', 'chunk-00001', 'chunk-00003']);
  });

  it('again, when all work is done, releases the new token', async () => {
    const s = scene();
    await s.prepared(10);
    await encode(s.services, s.run, 'token');
    await s.finishes('poster');
    await s.finishes('chunk-00000');
    s.sent.length = 0;
    await encode(s.services, s.run, 'another token');
    expect(s.released).toEqual([{ token: 'another token', release: { success: {} } }]);
    expect(s.sent).toEqual([]);
  });

  it('again, when it has failed, says why to the new token', async () => {
    const s = scene();
    await s.prepared(10);
    await encode(s.services, s.run, 'token');
    const reason = { code: 'damaged' as const, detail: 'frame 9' };
    await s.jobs.closeStage(s.run, 'encode', reason);
    s.sent.length = 0;
    await encode(s.services, s.run, 'another token');
    expect(s.released).toEqual([{ token: 'another token', release: { failure: reason } }]);
    expect(s.sent).toEqual([]);
  });
});
