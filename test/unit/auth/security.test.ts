import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { SecurityAct } from '../../../domain/access/security-notice.ts';
import { freeFailures } from '../../../domain/access/tries.ts';
import { isProblem, type Problem } from '../../../domain/api/problems.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { AuditEntry } from '../../../domain/people/audit.ts';
import type { Grant } from '../../../lambdas/auth/grant.ts';
import { authService } from '../../../lambdas/auth/service.ts';
import {
  ada,
  appCode,
  mailedCode,
  memoryChallenges,
  memoryStore,
  memoryTries,
  memoryVault,
  password,
  poolOfAda,
} from './in-memory.ts';

const start = Date.UTC(2026, 0, 1);
const { email, userId } = ada;
const wrong = 'Wrong-Horse-1';

let pool: ReturnType<typeof poolOfAda>;
let table: ReturnType<typeof memoryStore>;
let tries: ReturnType<typeof memoryTries>;
let challenges: ReturnType<typeof memoryChallenges>;
let trail: AuditEntry[];
let told: SecurityAct[];
let auth: ReturnType<typeof authService>;

function service(firstAdmin?: string) {
  pool = poolOfAda();
  table = memoryStore();
  tries = memoryTries();
  challenges = memoryChallenges();
  trail = [];
  told = [];
  const stores = { store: table.store, challenges: challenges.store, tries: tries.store, vault: memoryVault };
  const audit = async (entry: AuditEntry) => void trail.push(entry);
  const tellOwner = async (_: UserId, act: SecurityAct) => void told.push(act);
  auth = authService({ pool: pool.pool, ...stores, audit, tellOwner, firstAdmin, issuer: 'Sluice' });
}

async function confirmed() {
  await auth.registration.register({ email, password, name: 'Ada' }, start);
  await auth.registration.confirm({ email, code: mailedCode }, start);
}

beforeEach(async () => {
  service();
  await confirmed();
});

const codeOf = (outcome: unknown) => (isProblem(outcome) ? outcome.code : 'no problem');

interface From {
  readonly now?: number;
  readonly device?: string | undefined;
  readonly kind?: 'browser' | 'api';
  readonly address?: string;
}
const login = (tried: string, { now = start, device, kind = 'api', address = email }: From = {}) =>
  auth.signIn.login(
    { email: address, password: tried, session: kind },
    { now, deviceCookie: device, userAgent: 'Firefox/1 Linux' },
  );

async function signedIn(from: From = {}): Promise<Grant> {
  const grant = await login(password, from);
  if (isProblem(grant)) throw new Error(grant.code);
  return grant;
}
/** Who the latest session makes of Ada. */
const caller = () => {
  const session = [...table.sessions.values()].at(-1);
  return { ...ada, sessionId: session?.sessionId ?? '', roles: [] };
};

async function failures(count: number, from: From = {}) {
  for (let i = 0; i < count; i++) expect(codeOf(await login(wrong, from))).toBe('credentials-wrong');
}

describe('guessing at passwords', () => {
  it('is slowed after a few failures: nobody is asked before the wait is over, and the answer says how long', async () => {
    await failures(freeFailures);
    const tried = pool.state.passwordsTried;
    const refusal = await login(password, { now: start + 500 });
    expect(refusal).toMatchObject({ code: 'too-many-requests', extra: { retryAfterSeconds: 2 } });
    expect(pool.state.passwordsTried).toBe(tried);
    expect(codeOf(await login(password, { now: start + 2000 }))).toBe('no problem');
  });

  it('is slowed in the same way at an address that nobody has', async () => {
    const outcomes = async (address: string) => {
      const made: unknown[] = [];
      for (let i = 0; i < 8; i++) made.push(await login(wrong, { address }));
      return made;
    };
    expect(await outcomes('nobody@example.com')).toEqual(await outcomes(email));
  });

  it('is done one try after another: of many at once when the wait is over, one is made', async () => {
    await failures(freeFailures);
    const tried = pool.state.passwordsTried;
    const at = { now: start + 60_000 };
    const codes = await Promise.all(Array.from({ length: 20 }, async () => codeOf(await login(wrong, at))));
    expect(codes.filter((code) => code === 'credentials-wrong')).toHaveLength(1);
    expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(19);
    expect(pool.state.passwordsTried).toBe(tried + 1);
  });

  it('costs a write a failure, and whoever knows the password none', async () => {
    await signedIn();
    expect(tries.writes.count).toBe(0);
    await failures(3);
    expect(tries.writes.count).toBe(3);
    await signedIn();
    expect(tries.writes.count).toBe(4);
    await failures(freeFailures);
    expect(codeOf(await login(wrong))).toBe('too-many-requests');
  });

  it('does not keep out a device that the account knows, which is slowed by its own failures only', async () => {
    const { deviceToken } = await signedIn({ kind: 'browser' });
    await failures(freeFailures);
    expect(codeOf(await login(password))).toBe('too-many-requests');
    const known = await signedIn({ kind: 'browser', device: deviceToken });
    expect(known.deviceToken).toBeUndefined();
    await failures(freeFailures, { device: deviceToken });
    expect(codeOf(await login(password, { device: deviceToken }))).toBe('too-many-requests');
  });

  it('takes a device of another account for a stranger’s', async () => {
    const { deviceToken } = await signedIn({ kind: 'browser' });
    for (let i = 0; i < freeFailures; i++) await login(wrong, { address: 'bob@example.com' });
    const asStranger = await login(wrong, { address: 'bob@example.com', device: deviceToken });
    expect(codeOf(asStranger)).toBe('too-many-requests');
  });

  it('is no way for who has got hold of a session either', async () => {
    await signedIn();
    for (let i = 0; i < freeFailures; i++)
      expect(codeOf(await auth.passwords.check(caller(), wrong, start))).toBe('password-wrong');
    expect(codeOf(await auth.passwords.check(caller(), password, start))).toBe('too-many-requests');
    expect(codeOf(await login(password))).toBe('no problem');
  });
});

describe('a forgotten password', () => {
  it('is answered in the same way for everybody', async () => {
    expect(await auth.passwords.forgot({ email })).toEqual(await auth.passwords.forgot({ email: 'no@example.com' }));
    expect(pool.state.codesSent).toBe(1);
  });

  it('is chosen anew with the mailed code, and ends every session', async () => {
    const { refreshToken } = await signedIn();
    const chosen = 'Another-Horse-2';
    const guess = await auth.passwords.reset({ email, code: '000000', password: chosen }, start + 1);
    expect(codeOf(guess)).toBe('confirmation-code-wrong');
    expect(codeOf(await auth.sessions.refresh(refreshToken ?? '', start + 1))).toBe('no problem');
    expect(await auth.passwords.reset({ email, code: mailedCode, password: chosen }, start + 1)).toBeUndefined();
    expect((await auth.sessions.list(caller(), start + 2)).sessions).toEqual([]);
    expect(codeOf(await auth.sessions.refresh(refreshToken ?? '', start + 2))).toBe('session-ended');
    expect(pool.state.revoked).toContain(`all of ${userId}`);
    expect(codeOf(await login(chosen, { now: start + 2 }))).toBe('no problem');
  });

  it('shows that mail arrives', async () => {
    const user = table.users.get(userId);
    if (user) table.users.set(userId, { ...user, emailState: 'bounced' });
    await auth.passwords.reset({ email, code: mailedCode, password }, start);
    expect(table.users.get(userId)?.emailState).toBeUndefined();
  });
});

describe('sessions', () => {
  it('are listed newest first, with the device they began on, until they end', async () => {
    const old = await signedIn({ now: start });
    const lost = caller();
    await signedIn({ kind: 'browser', now: start + 1000 });
    await auth.sessions.refresh(old.refreshToken ?? '', start + 5000);
    const listed = async () => (await auth.sessions.list(caller(), start + 6000)).sessions;
    expect(await listed()).toMatchObject([
      { kind: 'browser', device: 'Firefox on Linux', lastSeenAt: start + 1000, isCurrent: true },
      { kind: 'api', createdAt: start, lastSeenAt: start + 5000, isCurrent: false },
    ]);
    expect(await auth.sessions.endOne(caller(), lost.sessionId, start + 6000)).toBeUndefined();
    expect(await listed()).toHaveLength(1);
    expect(codeOf(await auth.sessions.endOne(caller(), lost.sessionId, start))).toBe('session-not-found');
  });

  it('end all but the one by which the password is changed', async () => {
    const other = await signedIn();
    const own = await signedIn();
    const body = { oldPassword: password, newPassword: 'Another-Horse-2' };
    const refused = await auth.passwords.change(caller(), { ...body, oldPassword: wrong }, start + 1);
    expect(codeOf(refused)).toBe('password-wrong');
    expect(await auth.passwords.change(caller(), body, start + 1)).toBeUndefined();
    expect(codeOf(await auth.sessions.refresh(other.refreshToken ?? '', start + 2))).toBe('session-ended');
    expect(codeOf(await auth.sessions.refresh(own.refreshToken ?? '', start + 2))).toBe('no problem');
  });

  it('that were all ended while one of them changed the password stay ended', async () => {
    const own = await signedIn({ now: start });
    const holder = caller();
    const change = pool.pool.changePassword;
    // The change was asked for at `start + 1`, and takes effect after the owner has ended everything.
    pool.pool.changePassword = async (...given) => {
      await auth.sessions.endAll(userId, start + 5);
      return change(...given);
    };
    await auth.passwords.change(holder, { oldPassword: password, newPassword: 'Another-Horse-2' }, start + 1);
    expect(codeOf(await auth.sessions.refresh(own.refreshToken ?? '', start + 6))).toBe('session-ended');
    expect(table.users.get(userId)?.sessionsEnded).toEqual({ at: start + 5 });
  });

  it('of one that was ended before its change of the password came to pass are not spared', async () => {
    const own = await signedIn({ now: start });
    const between = await signedIn({ now: start + 3 });
    await auth.sessions.endAll(userId, start + 2);
    const [first] = [...table.sessions.values()];
    await auth.sessions.endOthers({ ...ada, sessionId: first?.sessionId ?? '', roles: [] }, start + 4);
    for (const { refreshToken } of [own, between])
      expect(codeOf(await auth.sessions.refresh(refreshToken ?? '', start + 5))).toBe('session-ended');
  });

  it('that are begun while all are being ended are ended too', async () => {
    const late = await signedIn({ now: start });
    await auth.sessions.endAll(userId, start + 1);
    expect(codeOf(await auth.sessions.refresh(late.refreshToken ?? '', start + 2))).toBe('session-ended');
    expect(codeOf(await login(password, { now: start + 1 }))).toBe('no problem');
  });
});

describe('a second factor', () => {
  const Challenged = z.object({ challenge: z.string() });
  const answer = (challenge: string, code: string, now = start + 1) =>
    auth.signIn.answerChallenge({ challenge, code }, { now, deviceCookie: undefined, userAgent: undefined });

  async function challenged(from: From = {}): Promise<string> {
    const refusal = await login(password, from);
    expect(codeOf(refusal)).toBe('mfa-required');
    return Challenged.parse((refusal as Problem).extra).challenge;
  }

  beforeEach(async () => {
    await signedIn();
    const begun = await auth.secondFactor.begin(caller(), password, start);
    expect(begun).toMatchObject({ otpauthUri: expect.stringContaining('otpauth://totp/Sluice:ada%40example.com') });
    expect(codeOf(await auth.secondFactor.confirm(caller(), '000000', start))).toBe('second-factor-wrong');
    expect(await auth.secondFactor.state(caller())).toEqual({ totp: false });
    expect(await auth.secondFactor.confirm(caller(), appCode, start)).toBeUndefined();
    expect(await auth.secondFactor.state(caller())).toEqual({ totp: true });
  });

  it('is asked for after the password, and makes the session that was asked for', async () => {
    const challenge = await challenged({ kind: 'browser' });
    expect(challenge).not.toContain('secret of Cognito');
    expect(codeOf(await answer(challenge, '000000'))).toBe('second-factor-wrong');
    expect(await answer(challenge, appCode)).toMatchObject({ kind: 'browser' });
    expect(codeOf(await answer(challenge, appCode))).toBe('challenge-ended');
  });

  it('is not to be had for a challenge that is over, or made up', async () => {
    const challenge = await challenged();
    const forged = challenge.replace(/[^.]+$/, 'A'.repeat(43));
    for (const text of ['', 'x', forged]) expect(codeOf(await answer(text, appCode))).toBe('challenge-ended');
    expect(codeOf(await answer(challenge, appCode, start + 5 * 60_000))).toBe('challenge-ended');
  });

  it('is not to be had for a challenge that was begun before all sessions were ended, nor its code tried', async () => {
    const challenge = await challenged();
    await auth.sessions.endAll(userId, start + 1);
    expect(codeOf(await answer(challenge, appCode, start + 2))).toBe('challenge-ended');
    expect([...challenges.challenges.values()][0]?.tries).toBe(0);
  });

  it('has five tries a challenge, even at once; wrong codes slow the account as wrong passwords do', async () => {
    const challenge = await challenged();
    const codes = await Promise.all(Array.from({ length: 20 }, async () => codeOf(await answer(challenge, '000000'))));
    expect(codes.filter((code) => code === 'second-factor-wrong')).toHaveLength(5);
    expect(codeOf(await login(password, { now: start + 1 }))).toBe('too-many-requests');
    expect(codeOf(await answer(challenge, appCode, start + 60_000))).toBe('challenge-ended');
  });

  it('does not count a right password against who has yet to send the code', async () => {
    await failures(freeFailures);
    const challenge = await challenged({ now: start + 10_000 });
    expect(codeOf(await answer(challenge, appCode, start + 11_000))).toBe('no problem');
  });

  it('is neither set up nor taken away without the password', async () => {
    expect(codeOf(await auth.secondFactor.begin(caller(), wrong, start))).toBe('password-wrong');
    expect(codeOf(await auth.secondFactor.end(caller(), wrong, start))).toBe('password-wrong');
    expect(pool.state.totp).toBe(true);
    expect(await auth.secondFactor.end(caller(), password, start)).toBeUndefined();
    expect(codeOf(await login(password))).toBe('no problem');
  });
});

describe('an admin', () => {
  it('takes the second factor from who has lost it, and the trail says so', async () => {
    await signedIn();
    await auth.secondFactor.confirm(caller(), appCode, start);
    const admin = { ...caller(), userId: 'dddddddd-0000-4000-8000-000000000004' as UserId };
    expect(await auth.secondFactor.remove(admin, userId, start)).toBeUndefined();
    expect(pool.state.totp).toBe(false);
    const entry = { actorId: admin.userId, subjectId: userId, act: 'second-factor-removed', at: start };
    expect(trail).toMatchObject([entry]);
    expect(told.at(-1)).toEqual({ kind: 'second-factor-removed', by: 'admin' });
    expect(codeOf(await auth.secondFactor.remove(admin, admin.userId, start))).toBe('user-not-found');
    expect(trail).toHaveLength(1);
  });
});

describe('the owner of an account is told', () => {
  const later = start + 24 * 3600_000;

  it('of what is done about it, and of nothing that was refused', async () => {
    await signedIn();
    await auth.secondFactor.confirm(caller(), '000000', start);
    await auth.secondFactor.end(caller(), wrong, start);
    await auth.passwords.change(caller(), { oldPassword: wrong, newPassword: 'Another-Horse-2' }, start);
    await auth.passwords.reset({ email, code: '000000', password }, start);
    expect(told).toEqual([]);

    await auth.secondFactor.confirm(caller(), appCode, start);
    await auth.secondFactor.end(caller(), password, start);
    await auth.passwords.change(caller(), { oldPassword: password, newPassword: 'Another-Horse-2' }, start);
    await auth.passwords.reset({ email, code: mailedCode, password }, start);
    expect(told).toEqual([
      { kind: 'second-factor-set-up' },
      { kind: 'second-factor-removed', by: 'owner' },
      { kind: 'password-changed' },
      { kind: 'password-reset' },
    ]);
  });

  it('of sign-ins by what the account does not know, once it is an hour old', async () => {
    const { deviceToken } = await signedIn({ kind: 'browser' });
    await signedIn({ kind: 'browser', device: deviceToken, now: later });
    await login(wrong, { now: later });
    expect(told).toEqual([]);
    await signedIn({ kind: 'browser', now: later });
    await signedIn({ kind: 'api', now: later });
    const act = { kind: 'signed-in', device: 'Firefox on Linux' };
    expect(told).toEqual([act, act]);
  });
});

describe('the first admin', () => {
  it('is who confirms the address of the configuration, once and for all', async () => {
    service(email);
    await confirmed();
    expect(table.users.get(userId)?.roles).toEqual(['viewer', 'creator', 'admin']);
    table.users.clear();
    expect(await table.store.becomeFirstAdmin('bbbbbbbb-0000-4000-8000-000000000002' as typeof userId)).toBe(false);
  });

  it('is nobody else', async () => {
    service('somebody@example.com');
    await confirmed();
    expect(table.users.get(userId)?.roles).toEqual(['viewer', 'creator']);
  });
});
