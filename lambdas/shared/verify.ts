import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import { isLive, type ReadAccount, type SessionState } from './accounts.ts';
import { hashSecret, parseToken, sameHash } from './session-token.ts';

/** What a request shows of its sender, a token of ours either way: the bearer's wins. */
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
 * The one verifier, of every route. A token says where to look; the caller's records say whether it counts, so a revoked
 * session and a suspended person are out on the next request.
 */
export function verifier(readAccount: ReadAccount): Verify {
  return async ({ authorization, accessCookie }, now) => {
    if (authorization === undefined && accessCookie === undefined) return { kind: 'nobody' };
    const token = parseToken(authorization === undefined ? accessCookie : bearerOf(authorization));
    if (token === undefined) return stale;
    const { user, session } = await readAccount(token.userId, token.sessionId);
    if (!user || !session || user.status === 'deleting' || !isLive(session, user, now)) {
      return refused('session-ended', 'The session has ended. Sign in again.');
    }
    if (!holdsAccess(session, token.secret, now)) return stale;
    if (user.status === 'suspended') return refused('suspended', 'The account is suspended.');
    const { userId, roles, email, name, memberUntil } = user;
    const { sessionId } = token;
    const caller = { userId, sessionId, roles, email, name, ...(memberUntil !== undefined && { memberUntil }) };
    return { kind: 'caller', caller };
  };
}

/** RFC 6750, section 2.1. */
const bearerOf = (authorization: string) => /^Bearer +(\S+)$/i.exec(authorization)?.[1];

function holdsAccess(session: SessionState, secret: string, now: number): boolean {
  const hash = hashSecret(secret);
  return session.access.some((access) => access.until > now && sameHash(access.hash, hash));
}
