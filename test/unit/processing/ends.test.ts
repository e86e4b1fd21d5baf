import { describe, expect, it } from 'vitest';
import { maxDetailLength, Reason, type ReasonCode, reasons } from '../../../domain/video/reasons.ts';
import { encode } from '../../../lambdas/processing/encode.ts';
import { endRun, reasonOf, Why } from '../../../lambdas/processing/ends.ts';
import { publishReady } from '../../../lambdas/processing/publish.ts';
import { scene } from './scene.ts';

describe('why a run ended', () => {
  it.each(Object.keys(reasons) as ReasonCode[])('an error named %s is that reason', (code) => {
    expect(reasonOf(Why.parse({ Error: code, Cause: 'seen' }))).toEqual({ code, detail: 'seen' });
  });
  it('a stage’s own reason is taken as it is', () => {
    const reason = { code: 'too-long', detail: '30 h' };
    expect(reasonOf(Why.parse({ verdict: 'rejected', reason }))).toEqual(reason);
  });
  it('a state that took too long timed out', () => {
    expect(reasonOf(Why.parse({ Error: 'States.Timeout', Cause: '' })).code).toBe('timed-out');
  });
  it.each(['Lambda.Unknown', 'Runtime.HandlerError', 'States.DataLimitExceeded'])(
    '%s is internal, with what was seen',
    (name) => {
      expect(reasonOf(Why.parse({ Error: name, Cause: 'out of memory' }))).toEqual({
        code: 'internal',
        detail: `${name}: out of memory`,
      });
    },
  );
  it('a long cause is cut to what a record holds', () => {
    for (const name of ['damaged', 'Lambda.Unknown']) {
      const reason = reasonOf({ Error: name, Cause: 'x'.repeat(3 * maxDetailLength) });
      expect(Reason.safeParse(reason).success).toBe(true);
    }
  });
});

describe('the end of a run', () => {
  const damaged = { code: 'damaged' as const, detail: 'frame 9' };
  const broken = { code: 'encode-failed' as const, detail: 'disk full' };

  it.each([
    { reason: damaged, end: 'rejected' },
    { reason: broken, end: 'failed' },
  ])('$reason.code is recorded as $end and told', async ({ reason, end }) => {
    const s = scene();
    expect(await endRun(s.services, s.run, reason)).toEqual({ end, reason });
    expect(s.video()).toMatchObject({ state: end, reason });
    expect(s.events).toMatchObject([{ name: `video.${end}`, detail: { ...s.run, reason } }]);
  });

  it('of a run that nobody wants any more is no failure: nothing is recorded, and nobody told', async () => {
    const s = scene();
    s.becomes({ state: 'deleted' });
    const reason = { code: 'cancelled' as const, detail: 'chunk-00007: not wanted any more' };
    expect(await endRun(s.services, s.run, reason)).toEqual({ end: 'cancelled', reason });
    expect(s.video()).toMatchObject({ state: 'deleted' });
    expect(s.events).toEqual([]);
  });

  it('recorded again changes nothing, and is told again: the first telling may have been lost', async () => {
    const s = scene();
    await endRun(s.services, s.run, damaged);
    const before = s.video();
    await endRun(s.services, s.run, damaged);
    expect(s.video()).toEqual(before);
    expect(s.events).toHaveLength(2);
  });

  it('ready is recorded and told, and may be repeated', async () => {
    const s = scene();
    await s.prepared(40);
    s.becomes({ state: 'playable' });
    await publishReady(s.services, s.run);
    await publishReady(s.services, s.run);
    expect(s.video()).toMatchObject({ state: 'ready', readyAt: s.clock.ms, progress: 1 });
    expect(s.video()?.missing).toBeUndefined();
    expect(s.events).toMatchObject(Array(2).fill({ name: 'video.ready', detail: { durationSeconds: 40 } }));
  });

  it('ready without what could not be made beside picture and sound says so', async () => {
    const s = scene();
    await s.prepared(40);
    s.becomes({ state: 'playable' });
    await encode(s.services, s.run, 'token');
    const reason = { code: 'encode-failed' as const, detail: 'no picture' };
    const lease = { run: s.run, jobId: 'poster', workerId: 'worker' };
    await s.jobs.claim(lease, s.clock.ms);
    await s.jobs.giveUp(lease, 'encode', { extra: 'poster', reason }, s.clock.ms);
    await publishReady(s.services, s.run);
    expect(s.video()).toMatchObject({ state: 'ready', missing: ['poster'] });
  });

  it.each([{ attempt: 2 }, { state: 'deleted' as const }, { state: 'blocked' as const }])(
    'a video that has moved on to %o is left alone',
    async (moved) => {
      const s = scene();
      await s.prepared(40);
      s.becomes(moved);
      const before = s.video();
      await publishReady(s.services, s.run);
      await endRun(s.services, s.run, broken);
      expect(s.video()).toEqual(before);
      expect(s.events).toEqual([]);
    },
  );
});
