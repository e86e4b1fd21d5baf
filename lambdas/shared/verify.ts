import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { CheckAccessToken } from './access-token.ts';
import { isLive, type ReadAccount, type SessionState } from './accounts.ts';
import { hashSecret, parseToken, sameHash } from './session-token.ts';

/** What a request shows of its sender: the bearer token wins. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly accessCookie: string | undefined;
}

/** Who is calling. `refused` keeps why the credentials are not good, which matters to whoever needs them. */
export type Identity =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly problem: Problem };

export type Verify = (credentials: Credentials, now: number) => Promise<Identity>;

const refused = (code: 'unauthenticated' | 'session-ended' | 'suspended', detail: string): Identity => ({
  kind: 'refused',
  problem: problem(code, detail),
});
const stale = refused('unauthenticated', 'The access token is not valid or has expired. Refresh it.');

/**
 * The one verifier, of every route. A token says who it is for; the caller's records say whether it still counts, so a
 * revoked session and a suspended person are out on the next request.
 */
export function verifier(checkAccessToken: CheckAccessToken, readAccount: ReadAccount): Verify {
  return async ({ authorization, accessCookie }, now) => {
    if (authorization !== undefined) {
      const jwt = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      const claims = jwt && (await checkAccessToken(jwt));
      return claims ? identify(claims.sub, claims.origin_jti, () => true) : stale;
    }
    if (accessCookie !== undefined) {
      const token = parseToken(accessCookie);
      return token
        ? identify(token.userId, token.sessionId, (session) => holdsAccess(session, token.secret, now))
        : stale;
    }
    return { kind: 'nobody' };

    async function identify(
      userId: string,
      sessionId: string,
      isCurrent: (session: SessionState) => boolean,
    ): Promise<Identity> {
      const { user, session } = await readAccount(userId, sessionId);
      if (!user || !session || user.status === 'deleting' || !isLive(session, user, now)) {
        return refused('session-ended', 'The session has ended. Sign in again.');
      }
      if (!isCurrent(session)) return stale;
      if (user.status === 'suspended') return refused('suspended', 'The account is suspended.');
      const { roles, email, name, memberUntil } = user;
      const caller = {
        userId: user.userId,
        sessionId,
        roles,
        email,
        name,
        ...(memberUntil !== undefined && { memberUntil }),
      };
      return { kind: 'caller', caller };
    }
  };
}

function holdsAccess(session: SessionState, secret: string, now: number): boolean {
  const hash = hashSecret(secret);
  return session.access.some((access) => access.until > now && sameHash(access.hash, hash));
}
