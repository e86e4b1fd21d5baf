import { describe, expect, it } from 'vitest';
import { isProblem, problem } from '../../../domain/api/problems.ts';
import type { Route } from '../../../domain/api/route.ts';
import { type KeyedAnswers, onlyOnce, parseIdempotencyKey } from '../../../lambdas/shared/idempotency.ts';

const start = 1_800_000_000_000;
const ask = { scope: 'ada#create', key: 'k1', asked: { title: 'x' }, now: start };

/** The table of keys, with its condition. */
function inMemory() {
  const items = new Map<string, { request: string; runningUntil?: number; answer?: string; expiresAt: number }>();
  const answers: KeyedAnswers = {
    async take(key, request, now) {
      const known = items.get(key);
      const isFree =
        known === undefined ||
        known.expiresAt <= now ||
        ((known.runningUntil ?? Number.POSITIVE_INFINITY) <= now && known.request === request);
      if (!isFree) return known;
      items.set(key, { request, runningUntil: now + 30_000, expiresAt: now + 24 * 3600_000 });
      return undefined;
    },
    async keep(key, answer) {
      const { request = '', expiresAt = 0 } = items.get(key) ?? {};
      items.set(key, { request, expiresAt, ...(answer !== undefined && { answer }) });
    },
    async giveBack(key, now) {
      const known = items.get(key);
      if (known) items.set(key, { ...known, expiresAt: now });
    },
  };
  let made = 0;
  const make = async () => {
    made += 1;
    return { id: made };
  };
  return { answers, make, made: () => made };
}

const codeOf = (outcome: unknown) => (isProblem(outcome) ? outcome.code : outcome);

describe('a request with a key', () => {
  it('is carried out once, and answered alike however often it comes', async () => {
    const { answers, make, made } = inMemory();
    expect(await onlyOnce(answers, ask, make)).toEqual({ outcome: { id: 1 }, isReplay: false });
    expect(await onlyOnce(answers, { ...ask, now: start + 60_000 }, make)).toEqual({
      outcome: { id: 1 },
      isReplay: true,
    });
    expect(made()).toBe(1);
  });

  it('that has no body in its answer is carried out once too', async () => {
    const { answers } = inMemory();
    let done = 0;
    const task = async () => {
      done += 1;
    };
    await onlyOnce(answers, ask, task);
    expect(await onlyOnce(answers, ask, task)).toEqual({ outcome: undefined, isReplay: true });
    expect(done).toBe(1);
  });

  it('of somebody else, or of another route, is another', async () => {
    const { answers, make } = inMemory();
    await onlyOnce(answers, ask, make);
    expect(await onlyOnce(answers, { ...ask, scope: 'bob#create' }, make)).toMatchObject({ outcome: { id: 2 } });
    expect(await onlyOnce(answers, { ...ask, scope: 'ada#comment' }, make)).toMatchObject({ outcome: { id: 3 } });
  });

  it('that was sent with another body is refused', async () => {
    const { answers, make, made } = inMemory();
    await onlyOnce(answers, ask, make);
    const other = await onlyOnce(answers, { ...ask, asked: { title: 'y' } }, make);
    expect([codeOf(other.outcome), other.isReplay, made()]).toEqual(['idempotency-key-reused', false, 1]);
  });

  it('that is under way is not begun again, unless whoever had it has died', async () => {
    const { answers, make, made } = inMemory();
    const dead = onlyOnce(answers, ask, () => new Promise(() => {}));
    void dead;
    await new Promise(setImmediate);
    expect(codeOf((await onlyOnce(answers, { ...ask, now: start + 29_000 }, make)).outcome)).toBe(
      'request-in-progress',
    );
    expect(await onlyOnce(answers, { ...ask, now: start + 30_000 }, make)).toMatchObject({ outcome: { id: 1 } });
    expect(made()).toBe(1);
  });

  it('that was refused may be sent again, mended too', async () => {
    const { answers, make } = inMemory();
    const refused = await onlyOnce(answers, ask, async () => problem('file-too-large', ''));
    expect(codeOf(refused.outcome)).toBe('file-too-large');
    expect(await onlyOnce(answers, { ...ask, asked: { title: 'y' } }, make)).toMatchObject({ outcome: { id: 1 } });
  });

  it('is forgotten after a day', async () => {
    const { answers, make } = inMemory();
    await onlyOnce(answers, ask, make);
    expect(await onlyOnce(answers, { ...ask, now: start + 24 * 3600_000 }, make)).toMatchObject({ outcome: { id: 2 } });
  });
});

describe('a key', () => {
  const keyed = { idempotency: 'key' } as Route;
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"a key"', 'a key'],
  ])('%s is taken', (header, value) => {
    expect(parseIdempotencyKey(keyed, header)).toEqual({ ok: true, value });
  });
  it.each(['', '""', '"a', 'a key', '"ü"', `"${'x'.repeat(256)}"`, '"a", "b"'])('%j is none', (header) => {
    expect(parseIdempotencyKey(keyed, header)).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
  });
  it('is for routes that take one', () => {
    expect(parseIdempotencyKey({} as Route, '"a"')).toEqual({ ok: true, value: undefined });
  });
});
