import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { heartbeatSeconds, leaseSeconds } from '../../../domain/jobs/jobs.ts';
import { LeaseLost, Unwanted } from '../../../worker/failures.ts';
import { heartbeat } from '../../../worker/heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

it('goes on as long as the lease is kept', async () => {
  const { signal, stop } = heartbeat(async () => undefined);
  await pass(3600);
  expect(signal.aborted).toBe(false);
  stop();
});

it.each([LeaseLost, Unwanted])('aborts at the first beat that finds reason to: %o', async (Why) => {
  const { signal, stop } = heartbeat(async () => new Why());
  await pass(heartbeatSeconds);
  expect(signal.reason).toBeInstanceOf(Why);
  stop();
});

it('bears beats that do not come through until the lease may have gone to another', async () => {
  const { signal, stop } = heartbeat(() => Promise.reject(new Error('no network')));
  await pass(leaseSeconds);
  expect(signal.aborted).toBe(false);
  await pass(heartbeatSeconds);
  expect(signal.reason).toBeInstanceOf(LeaseLost);
  stop();
});

it('stops', async () => {
  const beat = vi.fn(async () => undefined);
  heartbeat(beat).stop();
  await pass(60);
  expect(beat).not.toHaveBeenCalled();
});
