import { beforeEach, describe, expect, it } from 'vitest';
import { isProblem } from '../../../domain/api/problems.ts';
import type { Grant } from '../../../lambdas/auth/grant.ts';
import { authService } from '../../../lambdas/auth/service.ts';
import { ada, memoryChallenges, memoryStore, memoryTries, memoryVault, password, poolOfAda } from './in-memory.ts';

const start = Date.UTC(2026, 0, 1);
const { email } = ada;

let pool: ReturnType<typeof poolOfAda>;
let table: ReturnType<typeof memoryStore>;
let auth: ReturnType<typeof authService>;
beforeEach(() => {
  pool = poolOfAda();
  table = memoryStore();
  auth = authService({
    pool: pool.pool,
    store: table.store,
    challenges: memoryChallenges().store,
    tries: memoryTries().store,
    vault: memoryVault,
    audit: async () => {},
    tellOwner: async () => {},
    firstAdmin: undefined,
    issuer: 'Sluice',
  });
});

const visit = (now: number) => ({ deviceCookie: undefined, userAgent: undefined, now });
const codeOf = (outcome: unknown) => (isProblem(outcome) ? outcome.code : 'no problem');

async function registered() {
  await auth.registration.register({ email, password, name: 'Ada' }, start);
}
async function confirmed() {
  await registered();
  await auth.registration.confirm({ email, code: '123456' }, start);
}
async function signedIn(session: 'browser' | 'api' = 'api', now = start): Promise<Grant> {
  const grant = await auth.signIn.login({ email, password, session }, visit(now));
  if (isProblem(grant)) throw new Error(grant.code);
  return grant;
}
async function refreshed(token: string | null, now: number): Promise<Grant> {
  const grant = await auth.sessions.refresh(token ?? undefined, now);
  if (isProblem(grant)) throw new Error(grant.code);
  return grant;
}
const caller = () => {
  const session = [...table.sessions.values()].at(-1);
  return { ...ada, sessionId: session?.sessionId ?? '', roles: [] };
};

describe('registration', () => {
  it('makes a viewer and creator of who confirms, once', async () => {
    await confirmed();
    const made = { ...ada, roles: ['viewer', 'creator'], status: 'active', createdAt: start, version: 1 };
    expect(table.users.get(ada.userId)).toEqual(made);
    await auth.registration.confirm({ email, code: '123456' }, start + 1);
    await signedIn('api', start + 2);
    expect(table.users.get(ada.userId)).toEqual(made);
  });

  it('makes the user at first sign-in if confirming did not get that far', async () => {
    pool.state.confirmed = true;
    await signedIn();
    expect(await auth.me(caller())).toMatchObject({ email, roles: ['viewer', 'creator'] });
  });

  it('tells that an address awaits confirmation only to who knows the password, and mails them a new code', async () => {
    await registered();
    expect(codeOf(await auth.signIn.login({ email, password: 'guess', session: 'api' }, visit(start)))).toBe(
      'credentials-wrong',
    );
    expect(pool.state.codesSent).toBe(0);
    expect(codeOf(await auth.signIn.login({ email, password, session: 'api' }, visit(start)))).toBe(
      'email-not-confirmed',
    );
    expect(pool.state.codesSent).toBe(1);
  });

  it('answers for a wrong password as for an unknown address', async () => {
    await confirmed();
    const wrong = await auth.signIn.login({ email, password: 'guess', session: 'api' }, visit(start));
    const unknown = await auth.signIn.login({ email: 'nobody@example.com', password, session: 'api' }, visit(start));
    expect(wrong).toEqual(unknown);
  });

  it('keeps nothing of the password after confirmation, and never the password', async () => {
    await registered();
    expect(JSON.stringify([...table.pending])).not.toContain(password);
    await auth.registration.confirm({ email, code: '123456' }, start);
    expect(table.pending.size).toBe(0);
  });
});

describe('a session', () => {
  beforeEach(confirmed);

  it.each(['api', 'browser'] as const)('gives no %s client a token of Cognito’s', async (kind) => {
    const grant = await signedIn(kind);
    for (const { accessToken, refreshToken } of [grant, await refreshed(grant.refreshToken, start)]) {
      expect(accessToken).toMatch(new RegExp(`^${ada.userId}\\.`));
      expect(refreshToken).toMatch(new RegExp(`^${ada.userId}\\.`));
    }
  });

  it('rotates: each refresh token gives the next', async () => {
    let { refreshToken } = await signedIn();
    for (let day = 1; day < 29; day++) {
      const next = await refreshed(refreshToken, start + day * 86_400_000);
      expect(next.refreshToken).not.toBe(refreshToken);
      refreshToken = next.refreshToken;
    }
  });

  it('ends for everybody when a refresh token is used twice', async () => {
    const first = await signedIn();
    const second = await refreshed(first.refreshToken, start);
    expect(codeOf(await auth.sessions.refresh(first.refreshToken ?? '', start + 10_000))).toBe('session-ended');
    expect(codeOf(await auth.sessions.refresh(second.refreshToken ?? '', start + 10_001))).toBe('session-ended');
    expect(pool.state.revoked).toHaveLength(1);
  });

  it('lets tabs that refresh at once all go on, with one rotation', async () => {
    const { refreshToken } = await signedIn('browser');
    const grants = await Promise.all([1, 2, 3].map(() => refreshed(refreshToken, start)));
    expect(grants.filter((grant) => grant.refreshToken !== null)).toHaveLength(1);
    expect(new Set(grants.map((grant) => grant.accessToken)).size).toBe(3);
    expect(table.sessions.get(caller().sessionId)?.access).toHaveLength(4);
  });

  it('ends when Cognito no longer refreshes it', async () => {
    const { refreshToken } = await signedIn();
    pool.state.refused = true;
    expect(codeOf(await auth.sessions.refresh(refreshToken ?? '', start))).toBe('session-ended');
    pool.state.refused = false;
    expect(codeOf(await auth.sessions.refresh(refreshToken ?? '', start))).toBe('session-ended');
  });

  it('ends at sign-out, here and with Cognito, and no other session with it', async () => {
    const other = await signedIn();
    const { refreshToken } = await signedIn();
    await auth.sessions.logout(caller(), start);
    expect(codeOf(await auth.sessions.refresh(refreshToken ?? '', start))).toBe('session-ended');
    expect(pool.state.revoked).toHaveLength(1);
    expect(codeOf(await auth.sessions.refresh(other.refreshToken ?? '', start))).toBe('no problem');
  });

  it('is not to be had with a made-up token, or none', async () => {
    const { refreshToken } = await signedIn();
    const elsewhere = (refreshToken ?? '').replace(/\.[^.]+\./, '.dddddddd-0000-4000-8000-000000000009.');
    for (const token of [undefined, '', 'x.y.z', elsewhere])
      expect(codeOf(await auth.sessions.refresh(token, start))).toBe('session-ended');
  });

  it('is not given to, and not refreshed for, a suspended person', async () => {
    const { refreshToken } = await signedIn();
    table.users.set(ada.userId, { ...ada, roles: [], status: 'suspended', createdAt: start, version: 1 });
    expect(codeOf(await auth.signIn.login({ email, password, session: 'api' }, visit(start)))).toBe('suspended');
    expect(pool.state.revoked).toHaveLength(1);
    expect(codeOf(await auth.sessions.refresh(refreshToken ?? '', start))).toBe('suspended');
  });
});
