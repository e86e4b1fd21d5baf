import { describe, expect, it } from 'vitest';
import { originGuard } from '../../../lambdas/shared/origin-guard.ts';

/** A secret whose accepted values the test changes, counting how often it is read. */
function secret(...values: string[]) {
  const state = { values, reads: 0, away: false };
  const read = async () => {
    state.reads += 1;
    if (state.away) throw new Error('Secrets Manager is away');
    return state.values;
  };
  return { state, guard: originGuard(read) };
}

const minutes = (n: number) => n * 60_000;

describe('the origin guard', () => {
  it('lets the current and the previous value through and nothing else', async () => {
    const { guard } = secret('new', 'old');
    expect(await guard('new', 0)).toBe(true);
    expect(await guard('old', 0)).toBe(true);
    for (const wrong of ['ne', 'new ', '', undefined]) expect(await guard(wrong, 0)).toBe(false);
  });

  it('reads the secret once in five minutes', async () => {
    const { guard, state } = secret('s');
    for (let t = 0; t < minutes(5); t += 10_000) expect(await guard('s', t)).toBe(true);
    expect(state.reads).toBe(1);
    await guard('s', minutes(5));
    expect(state.reads).toBe(2);
  });

  it('notices a rotation at the first request that brings the new value', async () => {
    const { guard, state } = secret('one');
    await guard('one', 0);
    state.values = ['two', 'one'];
    expect(await guard('two', minutes(1))).toBe(true);
    expect(await guard('one', minutes(1))).toBe(true);
  });

  it('does not let wrong values make it read again and again', async () => {
    const { guard, state } = secret('s');
    for (let t = 0; t < 20_000; t += 10) await guard('wrong', t);
    expect(state.reads).toBeLessThanOrEqual(5);
  });

  it('goes on with the values it knows while the secret cannot be read', async () => {
    const { guard, state } = secret('s');
    await guard('s', 0);
    state.away = true;
    expect(await guard('s', minutes(6))).toBe(true);
    expect(await guard('wrong', minutes(7))).toBe(false);
  });

  it('lets nothing through while it has never read the secret, and recovers', async () => {
    const { guard, state } = secret('s');
    state.away = true;
    await expect(guard('s', 0)).rejects.toThrow('away');
    state.away = false;
    expect(await guard('s', 1)).toBe(true);
  });
});
