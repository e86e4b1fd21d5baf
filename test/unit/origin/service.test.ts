import { beforeEach, describe, expect, it } from 'vitest';
import type { VideoId } from '../../../domain/ids.ts';
import type { JobMessage } from '../../../domain/jobs/jobs.ts';
import { raisedPerMinute } from '../../../domain/jobs/raise.ts';
import { raisedAgainAfterSeconds } from '../../../domain/jobs/records.ts';
import { segmentKey } from '../../../domain/media/paths.ts';
import type { ReasonCode } from '../../../domain/video/reasons.ts';
import type { Video } from '../../../domain/video/video.ts';
import { holdMs, onDemandOrigin } from '../../../lambdas/origin/service.ts';
import { newVideoId } from '../../../platform/ids.ts';
import type { Jobs } from '../../../platform/records/jobs/jobs.ts';
import { inMemoryJobs } from '../jobs/in-memory.ts';
import { planOfSeconds } from '../jobs/plan.ts';

/** A title of a minute, of which nothing is encoded, and a clock that moves when somebody waits. */
function scene() {
  const videoId = newVideoId();
  const run = { videoId, attempt: 1 };
  const jobs: Jobs = inMemoryJobs();
  const sent: JobMessage[] = [];
  const stored = new Set<string>();
  const video = { state: 'playable' as Video['state'] };
  // The beginning of a minute.
  let clock = 1_020_000;
  let onTick: (elapsedMs: number) => void = () => undefined;
  const began = clock;
  const origin = onDemandOrigin({
    videos: { get: async (id: VideoId) => (id === videoId ? ({ ...video, videoId } as Video) : undefined) },
    jobs,
    sendJobs: async (messages) => void sent.push(...messages),
    isStored: async (key) => stored.has(key),
    pause: async (ms) => {
      clock += ms;
      onTick(clock - began);
    },
    now: () => clock,
  });
  return {
    run,
    jobs,
    sent,
    stored,
    video,
    origin,
    key: (number: number) => segmentKey(videoId, 1, '360p', number),
    elapsed: () => clock - began,
    pass: async (ms: number) => {
      clock += ms;
    },
    onTick: (tick: typeof onTick) => {
      onTick = tick;
    },
  };
}

describe('the on-demand origin', () => {
  let s: ReturnType<typeof scene>;
  beforeEach(async () => {
    s = scene();
    await s.jobs.putPlan(s.run, planOfSeconds(s.run, 60));
  });

  it('raises a segment once, and holds the request until it is there', async () => {
    s.onTick((ms) => ms > 3_000 && s.stored.add(s.key(9)));
    expect(await s.origin.hold(s.key(9))).toBe('there');
    expect(s.elapsed()).toBeLessThan(3_500);
    expect(await s.origin.hold(s.key(9))).toBe('there');
    expect(s.sent).toEqual([{ kind: 'segment', ...s.run, rung: '360p', number: 9 }]);
  });

  it('gives up before the player does, and has sent a message that nobody took once more', async () => {
    expect(await s.origin.hold(s.key(9))).toBe('late');
    expect(s.elapsed()).toBeGreaterThanOrEqual(holdMs);
    expect(s.elapsed()).toBeLessThan(holdMs + 1_000);
    expect(s.sent).toHaveLength(2);
  });

  it('does not send again what a worker is at', async () => {
    s.onTick((ms) => {
      if (ms < 300) void s.jobs.claim({ run: s.run, jobId: 'segment-360p-00009', workerId: 'a' }, 1_000_000);
    });
    expect(await s.origin.hold(s.key(9))).toBe('late');
    expect(s.sent).toHaveLength(1);
  });

  /** Three workers fail at segment 9, for this reason. */
  const failed = async (code: ReasonCode) => {
    for (const workerId of ['a', 'b', 'c']) {
      const lease = { run: s.run, jobId: 'segment-360p-00009', workerId };
      await s.jobs.claim(lease, 0);
      await s.jobs.recordFailure(lease, { lastError: { code, detail: '' }, failedAt: 1_000_000 + s.elapsed() });
    }
  };

  it('does not wait for a job that has failed as often as it may', async () => {
    await s.origin.hold(s.key(9));
    await failed('encode-failed');
    const before = s.elapsed();
    expect(await s.origin.hold(s.key(9))).toBe('late');
    expect(s.elapsed()).toBe(before);
  });

  it('lets nobody raise every number there is: what is too much in a minute comes later, and is not held', async () => {
    await s.jobs.putPlan(s.run, planOfSeconds(s.run, 4 * (raisedPerMinute + 10)));
    const flood = Array.from({ length: raisedPerMinute }, (_, i) => s.key(i + 1));
    for (const key of flood) s.stored.add(key);
    for (const key of flood) {
      // There a moment after it was asked for.
      s.stored.delete(key);
      s.onTick(() => s.stored.add(key));
      expect(await s.origin.hold(key)).toBe('there');
    }
    const before = s.elapsed();
    expect(before).toBeLessThan(60_000);
    expect(await s.origin.hold(s.key(raisedPerMinute + 1))).toBe('late');
    expect(s.elapsed()).toBe(before);
    expect(s.sent).toHaveLength(raisedPerMinute);
    // What was raised before is held as ever.
    s.stored.delete(s.key(1));
    s.onTick(() => s.stored.add(s.key(1)));
    expect(await s.origin.hold(s.key(1))).toBe('there');
  });

  it('has it tried anew when somebody asks minutes later, by one message however many ask', async () => {
    await s.origin.hold(s.key(9));
    await failed('encode-failed');
    await s.pass(raisedAgainAfterSeconds * 1000);
    s.sent.length = 0;
    const began = s.elapsed();
    s.onTick((ms) => ms > began + 2_000 && s.stored.add(s.key(9)));
    expect(await Promise.all([1, 2, 3].map(() => s.origin.hold(s.key(9))))).toEqual(['there', 'there', 'there']);
    expect(s.sent).toEqual([{ kind: 'segment', ...s.run, rung: '360p', number: 9 }]);
  });

  it('has it never tried anew where the file is at fault', async () => {
    await s.origin.hold(s.key(9));
    await failed('damaged');
    await s.pass(24 * 3_600_000);
    s.sent.length = 0;
    expect(await s.origin.hold(s.key(9))).toBe('late');
    expect(s.sent).toEqual([]);
  });

  it.each(['deleted', 'blocked'] as const)('knows nothing of a %s video', async (state) => {
    s.video.state = state;
    s.stored.add(s.key(9));
    expect(await s.origin.hold(s.key(9))).toBe('unknown');
    expect(s.sent).toEqual([]);
  });

  it('knows nothing of what no plan lists', async () => {
    for (const key of [s.key(16), segmentKey(newVideoId(), 1, '360p', 1), 'media/x/1/360p/1.m4s', 'index.html', '']) {
      expect(await s.origin.hold(key)).toBe('unknown');
    }
    expect(s.elapsed()).toBe(0);
    expect(s.sent).toEqual([]);
  });
});
