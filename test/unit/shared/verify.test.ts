import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../domain/ids.ts';
import type { SessionState } from '../../../lambdas/shared/accounts.ts';
import { formatToken, hashSecret, newSecret } from '../../../lambdas/shared/session-token.ts';
import { verifier } from '../../../lambdas/shared/verify.ts';
import type { UserRecord } from '../../../platform/records/users.ts';

const userId = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;
const sessionId = 'cccccccc-0000-4000-8000-000000000003';
const now = Date.UTC(2026, 0, 1);
const secret = newSecret();

const user: UserRecord = {
  userId,
  email: 'ada@example.com',
  name: 'Ada',
  roles: ['viewer'],
  status: 'active',
  createdAt: 0,
  version: 1,
};
const session: SessionState = {
  userId,
  sessionId,
  createdAt: now - 1000,
  access: [{ hash: hashSecret(secret), until: now + 1000 }],
  expiresAt: now / 1000 + 60,
};

/** The verifier over one account. */
function over(account: { user?: UserRecord; session?: SessionState }) {
  const reads: string[] = [];
  const verify = verifier(async (u, s) => {
    reads.push(`${u} ${s}`);
    return { user: account.user, session: account.session };
  });
  return { verify, reads };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}`, accessCookie: undefined });
const good = formatToken({ userId, sessionId, secret });
const cookie = (text: string) => ({ authorization: undefined, accessCookie: text });
const goodCookie = cookie(good);
const refusal = (code: string) => ({ kind: 'refused', problem: expect.objectContaining({ code }) });

describe('the verifier', () => {
  it('knows a caller by bearer token and by cookie, with one read', async () => {
    const { verify, reads } = over({ user, session });
    const known = {
      kind: 'caller',
      caller: { userId, sessionId, roles: ['viewer'], email: 'ada@example.com', name: 'Ada' },
    };
    expect(await verify(bearer(good), now)).toEqual(known);
    expect(await verify(goodCookie, now)).toEqual(known);
    expect(reads).toEqual([`${userId} ${sessionId}`, `${userId} ${sessionId}`]);
  });

  it('takes who shows nothing for nobody, and reads nothing', async () => {
    const { verify, reads } = over({ user, session });
    expect(await verify({ authorization: undefined, accessCookie: undefined }, now)).toEqual({ kind: 'nobody' });
    expect(reads).toEqual([]);
  });

  it('refuses forged, foreign and garbled credentials without a read', async () => {
    const { verify, reads } = over({ user, session });
    for (const shown of [
      bearer('forged'),
      { authorization: 'Basic YTpi', accessCookie: undefined },
      cookie('x'),
      cookie(`${userId}.x.y`),
    ]) {
      expect(await verify(shown, now)).toEqual(refusal('unauthenticated'));
    }
    expect(reads).toEqual([]);
  });

  it('refuses a bad bearer token even beside a good cookie', async () => {
    const { verify } = over({ user, session });
    expect(await verify({ ...goodCookie, authorization: 'Bearer forged' }, now)).toEqual(refusal('unauthenticated'));
  });

  it('refuses a token of another secret, and one past its time: refreshing may help', async () => {
    const { verify } = over({ user, session });
    const other = formatToken({ userId, sessionId, secret: newSecret() });
    for (const shown of [bearer, cookie]) {
      expect(await verify(shown(other), now)).toEqual(refusal('unauthenticated'));
      expect(await verify(shown(good), now + 1000)).toEqual(refusal('unauthenticated'));
    }
  });

  it('ends a revoked, expired or deleted session on its next request, for both credentials', async () => {
    const past = { ...session, expiresAt: now / 1000 };
    for (const account of [
      { user, session: { ...session, revokedAt: now - 1 } },
      { user, session: past },
      { user },
      { session },
    ]) {
      for (const shown of [bearer(good), goodCookie]) {
        expect(await over(account).verify(shown, now)).toEqual(refusal('session-ended'));
      }
    }
  });

  it('stops a suspended person on their next request', async () => {
    const { verify } = over({ user: { ...user, status: 'suspended' }, session });
    expect(await verify(bearer(good), now)).toEqual(refusal('suspended'));
  });
});
