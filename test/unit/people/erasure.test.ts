import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../domain/ids.ts';
import { copyOf } from '../../../lambdas/people/copy.ts';
import { erasePerson, settlingMs } from '../../../lambdas/people/erasure.ts';
import type { PersonalStore } from '../../../platform/personal/personal.ts';

const userId = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;
const now = Date.UTC(2026, 0, 1);
const gone = { userId, deletingSince: now - settlingMs };

/** Keeps some things; each erasure gets through so many. */
function store(log: string[], name: string, count: number, atOnce = count) {
  const kept = Array.from({ length: count }, (_, n) => ({ n }));
  const made: PersonalStore = {
    async *collect() {
      yield* kept;
    },
    async erase() {
      log.push(name);
      kept.splice(0, atOnce);
    },
  };
  return made;
}

function scene(slow = 1) {
  const log: string[] = [];
  const stores = {
    videos: store(log, 'videos', 3, slow),
    history: store(log, 'history', 2),
    account: store(log, 'account', 1),
  };
  const removeSignIn = async () => {
    log.push('sign-in');
  };
  return { log, stores, erase: (leaver = gone) => erasePerson({ stores, removeSignIn }, leaver, now) };
}

describe('an erasure', () => {
  it('goes on until every store is found empty, and only then removes sign-in and record, in this order', async () => {
    const { log, erase } = scene();
    expect(await erase()).toEqual({ outcome: 'goes-on', left: ['videos'] });
    expect(await erase()).toEqual({ outcome: 'goes-on', left: ['videos'] });
    expect(log).not.toContain('sign-in');
    expect(await erase()).toEqual({ outcome: 'erased' });
    expect(log.slice(-2)).toEqual(['sign-in', 'account']);
  });

  it('may be repeated when it is over', async () => {
    const { erase } = scene(3);
    expect(await erase()).toEqual({ outcome: 'erased' });
    expect(await erase()).toEqual({ outcome: 'erased' });
  });

  it('keeps the record while requests of the person may still be under way', async () => {
    const { log, erase } = scene(3);
    expect(await erase({ userId, deletingSince: now - settlingMs + 1 })).toEqual({
      outcome: 'goes-on',
      left: ['account'],
    });
    expect(log.toSorted()).toEqual(['history', 'videos']);
  });

  it('that fails in one store leaves the record, which says that there is more to do', async () => {
    const { log, stores } = scene(3);
    const away = async () => {
      throw new Error('the table is away');
    };
    const deps = { stores: { ...stores, history: { ...stores.history, erase: away } }, removeSignIn: async () => {} };
    await expect(erasePerson(deps, gone, now)).rejects.toThrow('the table is away');
    expect(log).not.toContain('account');
  });
});

it('a copy has all that each store keeps', async () => {
  const { stores } = scene();
  expect(await copyOf(stores, userId, now)).toEqual({
    madeAt: '2026-01-01T00:00:00.000Z',
    userId,
    stores: { videos: [{ n: 0 }, { n: 1 }, { n: 2 }], history: [{ n: 0 }, { n: 1 }], account: [{ n: 0 }] },
  });
});
