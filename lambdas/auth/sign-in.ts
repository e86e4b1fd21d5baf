import { randomUUID } from 'node:crypto';
import { deviceOf } from '../../domain/access/device.ts';
import { isSignInTold } from '../../domain/access/security-notice.ts';
import { challengeSeconds } from '../../domain/access/totp.ts';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { BodyOf } from '../../domain/api/route.ts';
import {
  formatToken,
  hashSecret,
  newSecret,
  parseToken,
  type SessionToken,
  sameHash,
} from '../shared/session-token.ts';
import type { ChallengeStore } from './challenge-store.ts';
import { type CognitoChallenge, type CognitoTokens, isChallenge, type UserPool } from './cognito.ts';
import { told } from './cognito-refusals.ts';
import { type Grant, grant } from './grant.ts';
import type { Registration } from './registration.ts';
import type { routes } from './routes.ts';
import type { SessionKind } from './schemas.ts';
import type { TellOwner } from './service.ts';
import { newSecrets, newSession } from './session.ts';
import { suspended } from './sessions.ts';
import type { UserStore } from './store.ts';
import type { TryGuard, Verdict } from './tries.ts';
import type { CountedTries, TryStore } from './try-store.ts';
import type { TokenVault } from './vault.ts';

type Routes = typeof routes;

/** What a browser says of itself beside who it signs in. */
export interface Visit {
  readonly deviceCookie: string | undefined;
  readonly userAgent: string | undefined;
  readonly now: number;
}

export interface SignInParts {
  readonly pool: UserPool;
  readonly store: UserStore;
  readonly challenges: ChallengeStore;
  readonly tries: TryStore;
  readonly guard: TryGuard;
  readonly vault: TokenVault;
  readonly registration: Registration;
  readonly tellOwner: TellOwner;
}

const failures: readonly string[] = ['credentials-wrong', 'second-factor-wrong'];

const judge = (outcome: Grant | Problem): Verdict => {
  if (!isProblem(outcome)) return 'passed';
  return failures.includes(outcome.code) ? 'failed' : 'undecided';
};

/** One sign-in: whose it is, by what, and where its tries are counted. */
interface Attempt extends Visit {
  readonly email: string;
  readonly kind: SessionKind;
  readonly counted: CountedTries;
}

/** Password, second factor, session. */
export function signIn({ pool, store, challenges, tries, guard, vault, registration, tellOwner }: SignInParts) {
  async function byPassword(attempt: Attempt, password: string): Promise<Grant | Problem> {
    const { email, counted } = attempt;
    const answer = await pool.signIn(email, password, counted.isDevice);
    if (isProblem(answer)) {
      return answer.code === 'email-not-confirmed' ? registration.notConfirmed(email, password) : answer;
    }
    return isChallenge(answer) ? askForCode(answer, attempt) : begin(answer, attempt);
  }

  /** The client is given a challenge of ours: with Cognito's own it could go on without us. */
  async function askForCode(
    { username, cognitoSession }: CognitoChallenge,
    { email, kind, now }: Attempt,
  ): Promise<Problem> {
    const { userId } = await pool.person(username);
    const token = { userId, sessionId: randomUUID(), secret: newSecret() };
    await challenges.create({
      userId,
      challengeId: token.sessionId,
      challengeHash: hashSecret(token.secret),
      email,
      kind,
      username,
      cognitoSession: await vault.seal(cognitoSession, token),
      tries: 0,
      createdAt: now,
      expiresAt: Math.floor(now / 1000) + challengeSeconds,
    });
    return problem('mfa-required', 'Send the code that the authenticator app shows, with the challenge.', {
      challenge: formatToken(token),
      expiresInSeconds: challengeSeconds,
    });
  }

  /** A session, now that it is certain who it is for. */
  async function begin(tokens: CognitoTokens, attempt: Attempt): Promise<Grant | Problem> {
    const { email, kind, now, userAgent } = attempt;
    const { userId, refreshToken } = tokens;
    if (refreshToken === undefined) throw new Error('Cognito signed in without a refresh token');

    const user = await registration.userOf(userId, () => pool.person(email), now);
    if (user.status !== 'active') {
      await pool.revoke(refreshToken);
      return user.status === 'suspended' ? suspended() : told('credentials-wrong');
    }
    const owner = { userId, sessionId: randomUUID() };
    const secrets = newSecrets();
    const device = deviceOf(userAgent);
    const about = { ...owner, kind, device, cognitoToken: await vault.seal(refreshToken, owner) };
    const session = newSession(about, secrets, now);
    await store.createSession(session);
    const given = grant(session, secrets.access, secrets.refresh, now);
    if (attempt.counted.isDevice) return given;
    if (isSignInTold(user.createdAt, now)) await tellOwner(userId, { kind: 'signed-in', device }, now);
    return kind === 'browser' ? { ...given, deviceToken: await newDevice(session, email, now) } : given;
  }

  async function newDevice({ userId }: Pick<SessionToken, 'userId'>, email: string, now: number): Promise<string> {
    const device = { userId, sessionId: randomUUID(), secret: newSecret() };
    await tries.addDevice(device, email, now);
    return formatToken(device);
  }

  return {
    async login({ email, password, session: kind }: BodyOf<Routes['login']>, visit: Visit): Promise<Grant | Problem> {
      const { now } = visit;
      const counted = await tries.ofAccount(email, parseToken(visit.deviceCookie), now);
      return guard(counted, now, () => byPassword({ ...visit, email, kind, counted }, password), judge);
    },

    /** The second step. A wrong code counts as a wrong password does: who has the one could try all of the other. */
    async answerChallenge(
      { challenge: text, code }: BodyOf<Routes['answerChallenge']>,
      visit: Visit,
    ): Promise<Grant | Problem> {
      const { now } = visit;
      const token = parseToken(text);
      const challenge = token && (await challenges.read(token.userId, token.sessionId));
      if (!token || !challenge || challenge.expiresAt * 1000 <= now) return told('challenge-ended');
      if (!sameHash(hashSecret(token.secret), challenge.challengeHash)) return told('challenge-ended');

      // All sessions were ended since the password was right: what it had begun has ended with them.
      const { sessionsEnded } = (await store.user(challenge.userId)) ?? {};
      if (sessionsEnded && challenge.createdAt < sessionsEnded.at) return told('challenge-ended');

      const { email, kind, username } = challenge;
      const counted = await tries.ofAccount(email, parseToken(visit.deviceCookie), now);
      const attempt = async (): Promise<Grant | Problem> => {
        if (!(await challenges.useTry(challenge))) return told('challenge-ended');
        const cognitoSession = await vault.open(challenge.cognitoSession, token);
        const tokens = await pool.answerChallenge({ username, cognitoSession }, code);
        if (isProblem(tokens)) return tokens;
        await challenges.remove(challenge);
        return begin(tokens, { ...visit, email, kind, counted });
      };
      return guard(counted, now, attempt, judge);
    },
  };
}
