import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idleBeforeClearedMs, renewEveryMs, scaleInProtection } from '../../../worker/scale-in-protection.ts';

/** The endpoint of the agent of ECS, and what it was asked. */
async function agent(answer: { status: number; body: unknown } | 'as asked') {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    asked.push({ call: `${request.method} ${request.url}`, ...body });
    const { status, body: said } =
      answer === 'as asked' ? { status: 200, body: { protection: { ...body, TaskArn: 'arn' } } } : answer;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    agentUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/task`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const call = 'PUT /api/task/task-protection/v1/state';
const set = { call, ProtectionEnabled: true, ExpiresInMinutes: 30 };
const cleared = { call, ProtectionEnabled: false };
const stopping = new AbortController().signal;

describe('scale-in protection', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());
  const settled = (asked: unknown[], count: number) => vi.waitUntil(() => asked.length === count);

  it('is set by the first job, renewed while there are jobs, and cleared once there were none for a while', async () => {
    await using ecs = await agent('as asked');
    const warn = vi.fn();
    const { during } = scaleInProtection({ agentUri: ecs.agentUri, log: { warn }, stopping });
    const [first, second] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
    const answers = [during(() => first.promise), during(() => second.promise)];
    await settled(ecs.asked, 1);
    await vi.advanceTimersByTimeAsync(renewEveryMs);
    await settled(ecs.asked, 2);
    first.resolve(7);
    expect(await answers[0]).toBe(7);
    await vi.advanceTimersByTimeAsync(2 * idleBeforeClearedMs);
    expect(ecs.asked).toEqual([set, set]);
    second.resolve();
    await answers[1];
    // A job that comes right after finds the task protected as it was.
    await vi.advanceTimersByTimeAsync(idleBeforeClearedMs - 1);
    await during(async () => undefined);
    expect(ecs.asked).toEqual([set, set]);
    await vi.advanceTimersByTimeAsync(idleBeforeClearedMs);
    await settled(ecs.asked, 3);
    await during(async () => undefined);
    await settled(ecs.asked, 4);
    expect(ecs.asked).toEqual([set, set, cleared, set]);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    { status: 200, body: { failure: { Arn: 'arn', Reason: 'TASK_NOT_VALID' } } },
    { status: 400, body: { error: { Arn: 'arn', Code: 'AccessDeniedException', Message: 'no' } } },
    { status: 500, body: 'no document' },
  ])('that the agent refuses with $status is told once, and work goes on', async (answer) => {
    await using ecs = await agent(answer);
    const warn = vi.fn();
    const { during } = scaleInProtection({ agentUri: ecs.agentUri, log: { warn }, stopping });
    expect(await during(async () => 'done')).toBe('done');
    await vi.advanceTimersByTimeAsync(idleBeforeClearedMs);
    expect(await during(async () => 'done')).toBe('done');
    await settled(ecs.asked, 3);
    await vi.waitUntil(() => warn.mock.calls.length > 0);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('fails the work that fails, and is cleared after it as after any other', async () => {
    await using ecs = await agent('as asked');
    const { during } = scaleInProtection({ agentUri: ecs.agentUri, log: { warn: vi.fn() }, stopping });
    await expect(during(() => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    await vi.advanceTimersByTimeAsync(idleBeforeClearedMs);
    await settled(ecs.asked, 2);
    expect(ecs.asked).toEqual([set, cleared]);
  });

  it('is nothing outside of ECS, and sets no timer that would keep a worker from stopping', async () => {
    await scaleInProtection({ agentUri: undefined, log: { warn: vi.fn() }, stopping }).during(async () => undefined);
    expect(vi.getTimerCount()).toBe(0);
    const stop = new AbortController();
    await using ecs = await agent('as asked');
    const { during } = scaleInProtection({ agentUri: ecs.agentUri, log: { warn: vi.fn() }, stopping: stop.signal });
    const busy = during(() => new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve())));
    stop.abort();
    await busy;
    expect(vi.getTimerCount()).toBe(0);
  });
});
