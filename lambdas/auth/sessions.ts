import type { Caller } from '../../domain/access/policy.ts';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import { isLive } from '../shared/accounts.ts';
import { parseToken } from '../shared/session-token.ts';
import type { CognitoTokens, UserPool } from './cognito.ts';
import { told } from './cognito-refusals.ts';
import { type Grant, grant } from './grant.ts';
import type { routes } from './routes.ts';
import { judgeRefresh, newSecrets, rotated, type Session, withAccess } from './session.ts';
import type { UserStore } from './store.ts';
import type { TokenVault } from './vault.ts';

type Routes = typeof routes;

/** Tabs that refresh at once lose a conditional write once each; more than this is not tabs. */
const maxTries = 4;
/** Nobody looks through more. */
const maxListed = 100;

export const ended = () => told('session-ended');
export const suspended = () => problem('suspended', 'The account is suspended.');

/** What becomes of sessions once they have begun. */
export function sessions(pool: UserPool, store: UserStore, vault: TokenVault) {
  /** Our record first: it is what the verifier reads. Cognito's token, now without a keeper, follows. */
  async function end(session: Pick<Session, 'userId' | 'sessionId'>, now: number): Promise<void> {
    const sealed = await store.revokeSession(session.userId, session.sessionId, now);
    if (sealed) await pool.revoke(await vault.open(sealed, session));
  }

  async function live(userId: UserId, now: number): Promise<Session[]> {
    const [user, found] = await Promise.all([store.user(userId), store.sessionsOf(userId)]);
    return user ? found.filter((session) => isLive(session, user, now)) : [];
  }

  return {
    /** Exchanges a refresh token. Decided and written on one version of the session: of two at once, one is second. */
    async refresh(text: string | undefined, now: number): Promise<Grant | Problem> {
      const token = parseToken(text);
      if (!token) return ended();
      let isRefreshed = false;
      for (let tries = 0; tries < maxTries; tries++) {
        const session = await store.session(token.userId, token.sessionId);
        const user = session && (await store.user(session.userId));
        if (!session || !user || user.status === 'deleting') return ended();
        const verdict = judgeRefresh(session, user, token.secret, now);
        if (verdict === 'reused') await end(session, now);
        if (verdict === 'reused' || verdict === 'ended') return ended();

        if (user.status === 'suspended') return suspended();
        if (!isRefreshed) {
          const answer = await refreshAtCognito(session);
          if (isProblem(answer)) {
            if (answer.code === 'session-ended') await end(session, now);
            return answer;
          }
          isRefreshed = true;
        }
        const secrets = newSecrets();
        const rotates = verdict === 'current';
        const next = rotates ? rotated(session, secrets, now) : withAccess(session, secrets.access, now);
        if (await store.replaceSession(next))
          return grant(session, secrets.access, rotates ? secrets.refresh : undefined, now);
      }
      return problem('unavailable', 'The session is being refreshed by many at once.');
    },

    async logout(caller: Caller, now: number): Promise<undefined> {
      await end(caller, now);
    },

    async list({ userId, sessionId: current }: Caller, now: number): Promise<AnswerOf<Routes['listSessions']>> {
      const newestFirst = (await live(userId, now)).toSorted((a, b) => b.createdAt - a.createdAt);
      const listed = newestFirst.slice(0, maxListed).map(({ sessionId, kind, device, createdAt, lastSeenAt }) => ({
        ...{ sessionId, kind, device, createdAt },
        lastSeenAt: lastSeenAt ?? createdAt,
        isCurrent: sessionId === current,
      }));
      return { sessions: listed };
    },

    async endOne({ userId }: Caller, sessionId: string, now: number): Promise<Problem | undefined> {
      const session = await store.session(userId, sessionId);
      const user = await store.user(userId);
      if (!session || !user || !isLive(session, user, now))
        return problem('session-not-found', 'It does not exist, or has ended already.');
      await end(session, now);
      return undefined;
    },

    /** In one write, before Cognito is told: whatever comes after it, nobody goes on with an old session. */
    async endAll(userId: UserId, now: number): Promise<undefined> {
      await store.endSessions(userId, now);
      await pool.revokeAll(userId);
    },

    /** All but the caller's own, unless that has been ended too since the request came in. */
    async endOthers({ userId, sessionId }: Caller, now: number): Promise<void> {
      const all = await live(userId, now);
      const own = all.find((session) => session.sessionId === sessionId);
      if (!own || !(await store.endSessions(userId, now, own))) await store.endSessions(userId, now);
      for (const session of all) if (session !== own) await end(session, now);
    },

    /** Cognito's access token of the caller's session, for what Cognito lets nobody but the person do. */
    async cognitoAccess({ userId, sessionId }: Caller): Promise<string | Problem> {
      const session = await store.session(userId, sessionId);
      const tokens = session ? await refreshAtCognito(session) : ended();
      return isProblem(tokens) ? tokens : tokens.accessToken;
    },
  };

  async function refreshAtCognito(session: Session): Promise<CognitoTokens | Problem> {
    return session.cognitoToken ? pool.refresh(await vault.open(session.cognitoToken, session)) : ended();
  }
}

export type Sessions = ReturnType<typeof sessions>;
