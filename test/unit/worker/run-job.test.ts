import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  heartbeatSeconds,
  type JobMessage,
  leaseSeconds,
  leastOutstanding,
  maxTries,
} from '../../../domain/jobs/jobs.ts';
import { Rejection } from '../../../worker/failures.ts';
import { ChildFailure } from '../../../worker/media/child.ts';
import { result, scene } from './scene.ts';

const succeeds = async () => result;
const faults = async () => {
  throw new Error('disk full');
};
const rejects = async () => {
  throw new Rejection({ code: 'damaged', detail: 'frame 99 cannot be decoded' });
};

describe('a job that succeeds', () => {
  it('is done, shows as progress, and the last one releases the stage', async () => {
    const s = await opened(2);
    await s.next(succeeds);
    expect(s.released).toEqual([]);
    await s.next(succeeds);
    expect(s.released).toEqual([{ stage: 'encode', token: 'encode token', release: { success: {} } }]);
    expect(s.progress).toEqual([0.5, 1]);
    expect(s.queue).toEqual([]);
  });

  it('sends the job whose turn it then is', async () => {
    const s = scene();
    await s.encodes(leastOutstanding + 2, 2);
    await s.next(succeeds);
    await s.next(succeeds);
    expect(s.sent.slice(2)).toEqual(
      [leastOutstanding, leastOutstanding + 1].map((i) => `chunk-${String(i).padStart(5, '0')}`),
    );
  });

  it('had a directory of its own, which is gone', async () => {
    const s = await opened(1);
    await s.next(async (_, { scratch }) => {
      writeFileSync(join(scratch, 'half-a-segment'), 'x');
      expect(existsSync(scratch)).toBe(true);
      return result;
    });
    expect(readdirSync(s.scratch)).toEqual([]);
  });

  it('is not done again for a second message', async () => {
    const s = await opened(1);
    s.send(s.queue.map(({ message }) => message));
    await s.next(succeeds);
    await s.next(() => expect.unreachable());
    expect(s.queue).toEqual([]);
  });
});

describe('prepare', () => {
  const prepare = (s: ReturnType<typeof scene>, taskToken: string) =>
    s.send([{ kind: 'prepare', ...s.run, taskToken }]);

  it('answers that the source is accepted', async () => {
    const s = scene();
    prepare(s, 'first');
    await s.next(succeeds);
    expect(s.released).toEqual([{ stage: 'prepare', token: 'first', release: { success: { verdict: 'accepted' } } }]);
  });

  it('answers that the source is rejected, and why: not as a failure', async () => {
    const s = scene();
    prepare(s, 'first');
    await s.next(rejects);
    const reason = { code: 'damaged', detail: 'frame 99 cannot be decoded' };
    expect(s.released).toEqual([
      { stage: 'prepare', token: 'first', release: { success: { verdict: 'rejected', reason } } },
    ]);
    expect(s.queue).toEqual([]);
  });

  it('is not done again for an execution that takes the run up, whose token is released at once', async () => {
    const s = scene();
    prepare(s, 'first');
    await s.next(succeeds);
    prepare(s, 'second');
    await s.next(() => expect.unreachable());
    expect(s.released.map(({ token }) => token)).toEqual(['first', 'second']);
  });
});

describe('prepare, when messages of two executions meet', () => {
  it('releases each token, whichever message was looked at last', async () => {
    const s = scene();
    s.send([{ kind: 'prepare', ...s.run, taskToken: 'new' }]);
    await s.next(async () => {
      s.send([{ kind: 'prepare', ...s.run, taskToken: 'stale' }]);
      await s.next(() => expect.unreachable(), { id: 'other' });
      return result;
    });
    while (await s.next(() => expect.unreachable()));
    expect(s.released.map(({ token }) => token)).toEqual(['new', 'stale']);
  });
});

describe('a job that fails', () => {
  it('is tried again after a rest, and after its last try fails the stage with what was seen', async () => {
    const s = await opened(1);
    const at: number[] = [];
    const work = () => {
      at.push(s.clock.ms / 1000);
      return faults();
    };
    while (await s.next(work));
    expect(at).toEqual([0, 5, 25]);
    expect(at).toHaveLength(maxTries);
    expect(s.released.map(({ release }) => release)).toEqual([
      { failure: { code: 'encode-failed', detail: 'disk full' } },
    ]);
  });

  it('may still succeed', async () => {
    const s = await opened(1);
    await s.next(faults);
    await s.next(faults);
    await s.next(succeeds);
    expect(s.released.map(({ release }) => release)).toEqual([{ success: {} }]);
  });

  it('for a reason that cannot pass fails the stage at once, and nobody works for it any more', async () => {
    const s = await opened(3);
    await s.next(rejects);
    expect(s.released[0]?.release).toEqual({ failure: { code: 'damaged', detail: 'frame 99 cannot be decoded' } });
    while (await s.next(() => expect.unreachable()));
    expect(s.queue).toEqual([]);
  });

  it('and whose worker is killed before it can tell, is told by the next', async () => {
    const s = await opened(1);
    const step = (name: string) => {
      if (name === 'before release') throw new Error('killed');
    };
    await expect(s.next(rejects, { step })).rejects.toThrow('killed');
    await s.next(() => expect.unreachable());
    expect(s.released.map(({ release }) => release)).toEqual([
      { failure: { code: 'damaged', detail: 'frame 99 cannot be decoded' } },
    ]);
  });

  it('by the death of its workers fails the stage when it is looked at once more', async () => {
    const s = await opened(1);
    const lease = { run: s.run, jobId: 'chunk-00000' };
    for (let i = 0; i < maxTries; i++) {
      await s.jobs.claim({ ...lease, workerId: `dead ${i}` }, s.clock.ms);
      s.clock.ms += leaseSeconds * 1000;
    }
    await s.next(() => expect.unreachable());
    expect(s.released.map(({ release }) => release)).toEqual([
      { failure: { code: 'encode-failed', detail: 'chunk-00000: the worker was lost, 3 times' } },
    ]);
  });
});

describe('an extra', () => {
  const missing = (detail: string, log?: string) => ({
    extra: 'poster',
    reason: { code: 'encode-failed', detail },
    ...(log && { log }),
  });
  const poster = async () => {
    const s = scene();
    const message = { kind: 'poster', ...s.run } as const;
    await s.jobs.openStage(s.run, 'encode', { taskToken: 'encode token', jobs: [message] }, 0);
    s.send([message]);
    return { ...s, record: () => s.jobs.getJob(s.run, 'poster') };
  };

  it('that cannot be made is tried as often as all else, then left out: its stage is done, and the record says without what, and why', async () => {
    const s = await poster();
    let tries = 0;
    while (
      await s.next(async () => {
        tries++;
        throw new ChildFailure('/opt/ffmpeg', 'exited with 1', `no picture in try ${tries}`, false, 1);
      })
    );
    expect(tries).toBe(maxTries);
    expect(s.released).toEqual([{ stage: 'encode', token: 'encode token', release: { success: {} } }]);
    const detail = expect.stringContaining('no picture in try 3');
    expect(await s.record()).toMatchObject({ state: 'done', result: { missing: [missing(detail, 'poster-3')] } });
    expect(s.logs.get('poster-3')).toContain('no picture in try 3');
    expect(s.queue).toEqual([]);
  });

  it('that the file has none of is left out at once', async () => {
    const s = await poster();
    await s.next(rejects);
    expect(s.released).toMatchObject([{ release: { success: {} } }]);
    expect(await s.record()).toMatchObject({ state: 'done', tries: 1, result: { missing: [{ extra: 'poster' }] } });
  });

  it('that workers die of is left out by the next that looks', async () => {
    const s = await poster();
    for (let i = 0; i < maxTries; i++) {
      await s.jobs.claim({ run: s.run, jobId: 'poster', workerId: `dead ${i}` }, s.clock.ms);
      s.clock.ms += leaseSeconds * 1000;
    }
    await s.next(() => expect.unreachable());
    expect(s.released).toMatchObject([{ release: { success: {} } }]);
    expect(await s.record()).toMatchObject({ result: { missing: [missing('poster: the worker was lost, 3 times')] } });
  });

  it('that is left out sends the job whose turn it then is', async () => {
    const s = scene();
    const chunks = Array.from(
      { length: leastOutstanding },
      (_, index) => ({ kind: 'chunk', ...s.run, index }) as const,
    );
    const jobs = [{ kind: 'poster', ...s.run } as const, ...chunks];
    await s.jobs.openStage(s.run, 'encode', { taskToken: 'encode token', jobs }, 0);
    s.send(jobs.slice(0, 1));
    await s.next(rejects);
    expect(s.sent).toEqual(['poster', 'chunk-00007']);
  });

  it('that another job makes on its way is left out of it, and the job is done in one try', async () => {
    const s = await opened(1);
    await s.next(async (_, { tryExtra }) => {
      const made = await tryExtra('storyboard', async () => {
        throw new ChildFailure('/opt/ffmpeg', 'was ended by SIGKILL', 'tile', false, null);
      });
      expect(made).toBeUndefined();
      return result;
    });
    expect(s.released).toMatchObject([{ release: { success: {} } }]);
    expect(await s.jobs.getJob(s.run, 'chunk-00000')).toMatchObject({
      state: 'done',
      tries: 1,
      result: { ...result, missing: [{ extra: 'storyboard', log: 'chunk-00000-1' }] },
    });
  });

  it('is not missing because its worker was told to stop', async () => {
    const s = await opened(1);
    await s.next(async (_, { tryExtra, signal }) => {
      await tryExtra('storyboard', async () => {
        s.stop();
        signal.throwIfAborted();
      });
      return expect.unreachable();
    });
    expect(await s.jobs.getJob(s.run, 'chunk-00000')).toMatchObject({ state: 'queued', tries: 0 });
  });
});

describe('a job that nobody wants any more', () => {
  it.each([{ state: 'deleted' as const }, { attempt: 2 }])(
    'since its video is %o ends its stage, untried',
    async (now) => {
      const s = await opened(3);
      await s.next(succeeds);
      Object.assign(s.video, now);
      while (await s.next(() => expect.unreachable()));
      expect(s.queue).toEqual([]);
      expect(s.released).toMatchObject(Array(s.released.length).fill({ release: { failure: { code: 'cancelled' } } }));
      expect(s.released.length).toBeGreaterThan(0);
      expect(await s.jobs.getJob(s.run, 'chunk-00001')).toMatchObject({ state: 'queued', tries: 0 });
    },
  );

  it('while it is being done is given up within a heartbeat, and ends its stage, untried', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const s = await opened(1);
    await s.next(async (_, { signal }) => {
      await vi.advanceTimersByTimeAsync(heartbeatSeconds * 1000);
      signal.throwIfAborted();
      s.video.state = 'deleted';
      await vi.advanceTimersByTimeAsync(heartbeatSeconds * 1000);
      signal.throwIfAborted();
      return expect.unreachable();
    });
    expect(s.queue[0]?.visibleAt).toBe(s.clock.ms);
    expect(await s.jobs.getJob(s.run, 'chunk-00000')).toMatchObject({ state: 'queued', tries: 0 });
    await s.next(() => expect.unreachable());
    expect(s.queue).toEqual([]);
    expect(s.released).toMatchObject([{ release: { failure: { code: 'cancelled' } } }]);
  });

  it('is made if viewers of an older attempt wait for it, but of a deleted video is dropped', async () => {
    const s = scene();
    s.video.attempt = 2;
    const raised = (number: number): JobMessage => ({ kind: 'segment', ...s.run, rung: '360p', number });
    for (const message of [raised(7), raised(8)]) await s.jobs.createJob(s.run, message);
    s.send([raised(7)]);
    await s.next(succeeds);
    expect(await s.jobs.getJob(s.run, 'segment-360p-00007')).toMatchObject({ state: 'done' });
    s.video.state = 'deleted';
    s.send([raised(8)]);
    await s.next(() => expect.unreachable());
    expect(s.queue).toEqual([]);
  });
});

describe('the log of a try', () => {
  it('is what its program said, and is named by the record of the job', async () => {
    const s = await opened(1);
    await s.next(async () => {
      throw new ChildFailure('/opt/ffmpeg', 'was ended by SIGKILL', 'frame= 7', false, null);
    });
    expect(await s.jobs.getJob(s.run, 'chunk-00000')).toMatchObject({ lastLog: 'chunk-00000-1', workerId: 'worker' });
    expect(s.logs.get('chunk-00000-1')).toContain('frame= 7');
  });

  it('of a file that is at fault is kept too', async () => {
    const s = await opened(1);
    await s.next(async () => {
      throw new Rejection({ code: 'damaged', detail: 'frame 99' }, 'error while decoding MB 3 4');
    });
    expect(s.logs.get('chunk-00000-1')).toContain('error while decoding MB 3 4');
    expect(await s.jobs.getJob(s.run, 'chunk-00000')).toMatchObject({
      lastError: { code: 'damaged' },
      lastLog: 'chunk-00000-1',
    });
  });

  it('is not there for a fault of no program', async () => {
    const s = await opened(1);
    await s.next(faults);
    expect(s.logs.size).toBe(0);
    expect((await s.jobs.getJob(s.run, 'chunk-00000'))?.lastLog).toBeUndefined();
  });
});

describe('a job of another worker', () => {
  it('is looked at again when the other’s lease ends', async () => {
    const s = await opened(1);
    await s.jobs.claim({ run: s.run, jobId: 'chunk-00000', workerId: 'other' }, s.clock.ms);
    s.clock.ms += 10_000;
    await s.next(() => expect.unreachable());
    expect(s.queue[0]?.visibleAt).toBe(leaseSeconds * 1000);
    await s.next(succeeds);
    expect(s.released).toHaveLength(1);
  });

  it('counts once when both finish it', async () => {
    const s = await opened(2);
    const slowly = async () => {
      s.clock.ms += leaseSeconds * 1000;
      await s.next(succeeds, { id: 'quicker' });
      return result;
    };
    await s.next(slowly, { id: 'slower' });
    expect(await s.jobs.getStage(s.run, 'encode')).toMatchObject({ remaining: 1 });
    expect(s.released).toEqual([]);
  });
});

it('a worker that stops hands its job back at once, untried', async () => {
  const s = await opened(1);
  await s.next(async (_, { signal }) => {
    s.stop();
    signal.throwIfAborted();
    return result;
  });
  expect(s.queue[0]?.visibleAt).toBe(s.clock.ms);
  expect(await s.jobs.getJob(s.run, 'chunk-00000')).toMatchObject({ state: 'queued', tries: 0 });
});

it('a message of a run that nobody knows is dropped', async () => {
  const s = scene();
  s.send([{ kind: 'poster', ...s.run }]);
  await s.next(() => expect.unreachable());
  expect(s.queue).toEqual([]);
});

async function opened(count: number) {
  const s = scene();
  await s.encodes(count);
  return s;
}
