import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { Caller } from '../../domain/access/policy.ts';
import { rolesOnRegistration } from '../../domain/access/roles.ts';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import { AccessClaims } from '../shared/access-token.ts';
import type { UserRecord } from '../shared/accounts.ts';
import { formatToken, newSecret, parseToken } from '../shared/session-token.ts';
import type { CognitoTokens, Person, UserPool } from './cognito.ts';
import type { Grant } from './grant.ts';
import { passwordProof, provesPassword } from './password-proof.ts';
import type { routes } from './routes.ts';
import {
  judgeRefresh,
  newSession,
  rotated,
  type Secrets,
  type Session,
  type SessionKind,
  withAccess,
} from './session.ts';
import type { UserStore } from './store.ts';
import type { TokenVault } from './vault.ts';

type Routes = typeof routes;

/** Tabs that refresh at once lose a conditional write once each; more than this is not tabs. */
const maxTries = 4;

const ended = () => problem('session-ended', 'The session has ended. Sign in again.');
const suspended = () => problem('suspended', 'The account is suspended.');

const newSecrets = (kind: SessionKind): Secrets => ({
  access: kind === 'browser' ? newSecret() : undefined,
  refresh: newSecret(),
});

export function authService(pool: UserPool, store: UserStore, vault: TokenVault) {
  /** The user item of a person, made the first time it is needed. */
  async function userOf(userId: UserId, who: () => Promise<Person>, now: number): Promise<UserRecord> {
    const known = await store.user(userId);
    if (known) return known;
    const person = await who();
    const user: UserRecord = {
      ...person,
      roles: [...rolesOnRegistration],
      status: 'active',
      createdAt: now,
      version: 1,
    };
    await store.createUser(user);
    return (await store.user(userId)) ?? user;
  }

  /** Our record first: it is what the verifier reads. Cognito's token, now without a keeper, follows. */
  async function end(session: Pick<Session, 'userId' | 'sessionId'>, now: number): Promise<void> {
    const sealed = await store.revokeSession(session.userId, session.sessionId, now);
    if (sealed) await pool.revoke(await vault.open(sealed, session));
  }

  /** An address that awaits confirmation: said to who knows the password, with a new code, for the first may have expired. */
  async function notConfirmed(email: string, password: string): Promise<Problem> {
    const { userId } = await pool.person(email);
    const pending = await store.pending(userId);
    if (!pending || !(await provesPassword(pending.passwordProof, password))) {
      return problem('credentials-wrong', 'The e-mail address or the password is wrong.');
    }
    const unsent = await pool.resendCode(email);
    return problem(
      'email-not-confirmed',
      unsent ? 'Confirm the address with the code that was mailed to it.' : 'A new code was mailed to the address.',
    );
  }

  return {
    async register(
      { email, password, name }: BodyOf<Routes['register']>,
      now: number,
    ): Promise<AnswerOf<Routes['register']> | Problem> {
      const userId = await pool.signUp({ email, password, name });
      if (isProblem(userId)) return userId;
      await store.savePending(userId, await passwordProof(password), now);
      return { userId };
    },

    async confirm({ email, code }: BodyOf<Routes['confirm']>, now: number): Promise<Problem | undefined> {
      const refusal = await pool.confirm(email, code);
      if (refusal) return refusal;
      const person = await pool.person(email);
      await userOf(person.userId, async () => person, now);
      await store.deletePending(person.userId);
      return undefined;
    },

    async login({ email, password, session: kind }: BodyOf<Routes['login']>, now: number): Promise<Grant | Problem> {
      const tokens = await pool.signIn(email, password);
      if (isProblem(tokens)) return tokens.code === 'email-not-confirmed' ? notConfirmed(email, password) : tokens;
      const { refreshToken } = tokens;
      if (refreshToken === undefined) throw new Error('Cognito signed in without a refresh token');

      // Just handed over by Cognito itself: there is no signature to doubt.
      const claims = AccessClaims.parse(decomposeUnverifiedJwt(tokens.accessToken).payload);
      const person = () => pool.person(email);
      const user = await userOf(claims.sub, person, now);
      if (user.status === 'suspended') {
        await pool.revoke(refreshToken);
        return suspended();
      }
      const owner = { userId: user.userId, sessionId: claims.origin_jti };
      const secrets = newSecrets(kind);
      const session = newSession({ ...owner, kind, cognitoToken: await vault.seal(refreshToken, owner) }, secrets, now);
      await store.createSession(session);
      return grant(session, secrets.access, secrets.refresh, tokens, now);
    },

    /** Exchanges a refresh token. Decided and written on one version of the session: of two at once, one is second. */
    async refresh(text: string | undefined, now: number): Promise<Grant | Problem> {
      const token = parseToken(text);
      if (!token) return ended();
      let tokens: CognitoTokens | undefined;
      for (let tries = 0; tries < maxTries; tries++) {
        const session = await store.session(token.userId, token.sessionId);
        if (!session) return ended();
        const verdict = judgeRefresh(session, token.secret, now);
        if (verdict === 'reused') await end(session, now);
        if (verdict === 'reused' || verdict === 'ended') return ended();

        const user = await store.user(session.userId);
        if (user?.status === 'suspended') return suspended();
        if (tokens === undefined) {
          const answer =
            user && session.cognitoToken
              ? await pool.refresh(await vault.open(session.cognitoToken, session))
              : ended();
          if (isProblem(answer)) {
            if (answer.code === 'session-ended') await end(session, now);
            return answer;
          }
          tokens = answer;
        }
        const secrets = newSecrets(session.kind);
        const rotates = verdict === 'current';
        const next = rotates ? rotated(session, secrets, now) : withAccess(session, secrets.access, now);
        if (await store.replaceSession(next))
          return grant(session, secrets.access, rotates ? secrets.refresh : undefined, tokens, now);
      }
      return problem('unavailable', 'The session is being refreshed by many at once.');
    },

    async logout(caller: Caller, now: number): Promise<undefined> {
      await end(caller, now);
    },

    async me(caller: Caller): Promise<AnswerOf<Routes['me']> | Problem> {
      return (await store.user(caller.userId)) ?? ended();
    },
  };
}

/** What the client is given: of a browser's session our access secret, of an API client's Cognito's access token. */
function grant(
  session: Session,
  access: string | undefined,
  refresh: string | undefined,
  tokens: CognitoTokens,
  now: number,
): Grant {
  const token = (secret: string | undefined) => (secret === undefined ? null : formatToken({ ...session, secret }));
  return {
    kind: session.kind,
    accessToken: token(access) ?? tokens.accessToken,
    refreshToken: token(refresh),
    accessSeconds: tokens.expiresInSeconds,
    sessionSeconds: session.expiresAt - Math.floor(now / 1000),
  };
}
