import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionFetch } from '../../../../web/shared/session-fetch.ts';
import type { MarkStore, SessionMark } from '../../../../web/shared/session-mark.ts';

/** A site whose access cookie and refresh token behave like the API's: short-lived, and good for one use. */
function site() {
  let now = 1_000_000;
  let cookieGoodUntil = 0;
  let refusesRefresh = false;
  const calls: string[] = [];
  const fetch = vi.fn(async (input: string | URL | Request) => {
    const path = String(input);
    calls.push(path);
    if (path !== '/api/auth/refresh-token') return new Response(null, { status: now < cookieGoodUntil ? 200 : 401 });
    if (refusesRefresh) return new Response(null, { status: 401 });
    cookieGoodUntil = now + 900_000;
    return Response.json({ expiresInSeconds: 900 });
  });
  let mark: SessionMark | undefined;
  const marks: MarkStore = {
    read: () => mark,
    write: (written) => {
      mark = written;
    },
    clear: () => {
      mark = undefined;
    },
  };
  // Tabs take turns, as with navigator.locks.
  let turn: Promise<unknown> = Promise.resolve();
  const alone = <T>(task: () => Promise<T>): Promise<T> => {
    const mine = turn.then(task);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const onLost = vi.fn();
  const tab = () => sessionFetch({ fetch: fetch as typeof globalThis.fetch, marks, alone, now: () => now, onLost });
  return {
    tab,
    calls,
    marks,
    onLost,
    signIn: () => {
      cookieGoodUntil = now + 900_000;
      mark = { goodUntil: cookieGoodUntil };
    },
    pass: (ms: number) => {
      now += ms;
    },
    revoke: () => {
      cookieGoodUntil = 0;
    },
    refuseRefresh: () => {
      refusesRefresh = true;
    },
  };
}

describe('fetch with a browser session', () => {
  let where = site();
  beforeEach(() => {
    where = site();
  });

  it('asks once while the session is good', async () => {
    where.signIn();
    expect((await where.tab()('/api/me')).status).toBe(200);
    expect(where.calls).toEqual(['/api/me']);
  });

  it('refreshes before the cookie ends, so that no request is refused', async () => {
    where.signIn();
    where.pass(880_000);
    expect((await where.tab()('/api/me')).status).toBe(200);
    expect(where.calls).toEqual(['/api/auth/refresh-token', '/api/me']);
  });

  it('refreshes and repeats a request that is refused all the same', async () => {
    where.signIn();
    where.revoke();
    expect((await where.tab()('/api/me')).status).toBe(200);
    expect(where.calls).toEqual(['/api/me', '/api/auth/refresh-token', '/api/me']);
  });

  it('uses a refresh token once, however many tabs and requests need it', async () => {
    where.signIn();
    where.pass(880_000);
    const tabs = [where.tab(), where.tab()];
    const answers = await Promise.all(
      tabs.flatMap((tab) => [tab('/api/me'), tab('/api/creator/videos'), tab('/api/uploads')]),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(where.calls.filter((path) => path.endsWith('refresh-token'))).toHaveLength(1);
  });

  it('says that the session is lost when the refresh is refused, and does not repeat for ever', async () => {
    where.signIn();
    where.revoke();
    where.refuseRefresh();
    expect((await where.tab()('/api/me')).status).toBe(401);
    expect(where.onLost).toHaveBeenCalledOnce();
    expect(where.marks.read()).toBeUndefined();
    expect(where.calls).toEqual(['/api/me', '/api/auth/refresh-token']);
  });

  it('lets signing in and anonymous calls through untouched', async () => {
    await where.tab()('/api/auth/login');
    await where.tab()('/api/videos/X/playback');
    expect(where.calls).toEqual(['/api/auth/login', '/api/videos/X/playback']);
  });
});
