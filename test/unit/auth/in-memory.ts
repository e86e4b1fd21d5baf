import { areForgotten, type Tries } from '../../../domain/access/tries.ts';
import { problem } from '../../../domain/api/problems.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Challenge, ChallengeStore } from '../../../lambdas/auth/challenge-store.ts';
import type { CognitoTokens, UserPool } from '../../../lambdas/auth/cognito.ts';
import type { Session } from '../../../lambdas/auth/session.ts';
import type { UserStore } from '../../../lambdas/auth/store.ts';
import type { CountedTries, TryStore } from '../../../lambdas/auth/try-store.ts';
import type { TokenVault } from '../../../lambdas/auth/vault.ts';
import type { UserRecord } from '../../../platform/records/users.ts';

export const ada = { userId: 'aaaaaaaa-0000-4000-8000-000000000001' as UserId, email: 'ada@example.com', name: 'Ada' };
export const password = 'Correct-Horse-1';
/** What Ada's mail and her authenticator app say. */
export const mailedCode = '123456';
export const appCode = '287082';

/** A user pool of one person, Ada, who answers as Cognito does. */
export function poolOfAda() {
  const state = {
    confirmed: false,
    password,
    totp: false,
    revoked: [] as string[],
    refused: false,
    codesSent: 0,
    signIns: 0,
    passwordsTried: 0,
  };
  const tokens = (session: string, refreshToken: string | undefined): CognitoTokens => ({
    userId: ada.userId,
    accessToken: `access of ${session}`,
    refreshToken,
  });
  const signedIn = () => {
    state.signIns += 1;
    const session = `cccccccc-0000-4000-8000-${String(state.signIns).padStart(12, '0')}`;
    return tokens(session, `refresh of ${session}`);
  };
  const mail = async (email: string) => {
    if (email !== ada.email) return false;
    state.codesSent += 1;
    return true;
  };
  const pool: UserPool = {
    signUp: async ({ email }) => (email === ada.email ? ada.userId : problem('email-taken', '')),
    async confirm(_email, code) {
      if (code !== mailedCode) return problem('confirmation-code-wrong', '');
      state.confirmed = true;
      return undefined;
    },
    resendCode: mail,
    forgotPassword: mail,
    async resetPassword(email, code, chosen) {
      if (email !== ada.email || code !== mailedCode) return problem('confirmation-code-wrong', '');
      state.password = chosen;
      return undefined;
    },
    async signIn(email, tried) {
      state.passwordsTried += 1;
      if (email !== ada.email) return problem('credentials-wrong', '');
      if (!state.confirmed) return problem('email-not-confirmed', '');
      if (tried !== state.password) return problem('credentials-wrong', '');
      return state.totp ? { username: ada.userId, cognitoSession: 'secret of Cognito' } : signedIn();
    },
    answerChallenge: async ({ username, cognitoSession }, code) => {
      if (username !== ada.userId || cognitoSession !== 'secret of Cognito') throw new Error('not what was given out');
      return code === appCode ? signedIn() : problem('second-factor-wrong', '');
    },
    refresh: async (token) =>
      state.refused || state.revoked.includes(token)
        ? problem('session-ended', '')
        : tokens(token.slice('refresh of '.length), undefined),
    async revoke(token) {
      state.revoked.push(token);
    },
    async revokeAll(userId) {
      state.revoked.push(`all of ${userId}`);
    },
    person: async () => ada,
    async changePassword(_access, old, chosen) {
      if (old !== state.password) return problem('password-wrong', '');
      state.password = chosen;
      return undefined;
    },
    newTotpSecret: async () => 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    confirmTotp: async (_access, code) => (code === appCode ? undefined : problem('second-factor-wrong', '')),
    async setTotp(_userId, isOn) {
      state.totp = isOn;
    },
    hasTotp: async () => state.totp,
  };
  return { pool, state };
}

/** The user table, in memory, with the same conditions. */
export function memoryStore() {
  const users = new Map<string, UserRecord>();
  const sessions = new Map<string, Session>();
  const pending = new Map<string, { passwordProof: string }>();
  let firstAdmin: UserId | undefined;
  const change = (userId: UserId, changes: Partial<UserRecord>) => {
    const user = users.get(userId);
    if (user) users.set(userId, { ...user, ...changes });
  };
  const store: UserStore = {
    user: async (userId) => users.get(userId),
    async createUser(user) {
      if (!users.has(user.userId)) users.set(user.userId, user);
    },
    async becomeFirstAdmin(userId) {
      firstAdmin ??= userId;
      return firstAdmin === userId;
    },
    async endSessions(userId, at, but) {
      const user = users.get(userId);
      const before = user?.sessionsEnded;
      const isLater = before && (but ? before.at >= at : before.at > at);
      const isSpared = !before || !but || before.at <= but.createdAt || before.but === but.sessionId;
      if (!user || isLater || !isSpared) return false;
      change(userId, { sessionsEnded: { at, ...(but && { but: but.sessionId }) } });
      return true;
    },
    async beginDeletion({ userId, version }, now) {
      const isAsRead = users.get(userId)?.version === version;
      if (isAsRead) {
        change(userId, { status: 'deleting', deletingSince: now, sessionsEnded: { at: now }, version: version + 1 });
      }
      return isAsRead;
    },
    async mailArrives(userId) {
      delete users.get(userId)?.emailState;
    },
    sessionsOf: async (userId) => [...sessions.values()].filter((session) => session.userId === userId),
    session: async (_, sessionId) => sessions.get(sessionId),
    async createSession(session) {
      sessions.set(session.sessionId, session);
    },
    async replaceSession(next) {
      if (sessions.get(next.sessionId)?.version !== next.version) return false;
      sessions.set(next.sessionId, { ...next, version: next.version + 1 });
      return true;
    },
    async revokeSession(_, sessionId, now) {
      const session = sessions.get(sessionId);
      if (!session) throw new Error('no such session');
      const { cognitoToken, ...rest } = session;
      sessions.set(sessionId, {
        ...rest,
        access: [],
        revokedAt: session.revokedAt ?? now,
        version: session.version + 1,
      });
      return cognitoToken;
    },
    async savePending(userId, passwordProof) {
      pending.set(userId, { passwordProof });
    },
    pending: async (userId) => pending.get(userId),
    async deletePending(userId) {
      pending.delete(userId);
    },
  };
  return { store, users, sessions, pending };
}

/** Failed tries, in memory, with the same conditions; counts its writes. */
export function memoryTries() {
  const items = new Map<string, Tries>();
  const devices = new Map<string, string>();
  const writes = { count: 0 };
  const write = ({ key }: CountedTries, tries: Tries | undefined) => {
    writes.count += 1;
    if (tries) items.set(key.sk, tries);
    else items.delete(key.sk);
  };
  const at = (sk: string, isDevice: boolean, now: number): CountedTries => {
    const stored = items.get(sk);
    const tries = stored && !areForgotten(stored, now) ? stored : undefined;
    return { key: { pk: '', sk }, stored, tries, isDevice };
  };
  const store: TryStore = {
    async ofAccount(email, device, now) {
      const isKnown = device !== undefined && devices.get(device.secret) === email;
      return isKnown ? at(`device ${device.secret}`, true, now) : at(`strangers of ${email}`, false, now);
    },
    ofCaller: async (userId, now) => at(`caller ${userId}`, false, now),
    async count(where, now) {
      const before = where.stored && !where.tries ? 0 : (items.get(where.key.sk)?.failures ?? 0);
      write(where, { failures: before + 1, lastAt: now });
    },
    async claim(where, now) {
      const found = items.get(where.key.sk);
      if (found?.failures !== where.tries?.failures || found?.lastAt !== where.tries?.lastAt) return false;
      write(where, { failures: (found?.failures ?? 0) + 1, lastAt: now });
      return true;
    },
    async giveBack(where, now) {
      if (items.get(where.key.sk)?.lastAt === now) write(where, where.tries);
    },
    clear: async (where) => write(where, undefined),
    async addDevice(device, email) {
      devices.set(device.secret, email);
    },
  };
  return { store, writes };
}

export function memoryChallenges() {
  const challenges = new Map<string, Challenge>();
  const store: ChallengeStore = {
    async create(challenge) {
      challenges.set(challenge.challengeId, challenge);
    },
    read: async (_, challengeId) => challenges.get(challengeId),
    async useTry({ challengeId }) {
      const challenge = challenges.get(challengeId);
      if (!challenge || challenge.tries >= 5) return false;
      challenges.set(challengeId, { ...challenge, tries: challenge.tries + 1 });
      return true;
    },
    async remove({ challengeId }) {
      challenges.delete(challengeId);
    },
  };
  return { store, challenges };
}

/** A vault that binds a token to its owner, as the encryption context does. */
export const memoryVault: TokenVault = {
  seal: async (token, { userId, sessionId }) =>
    new Uint8Array(Buffer.from(JSON.stringify({ token, userId, sessionId }))),
  async open(ciphertext, { userId, sessionId }) {
    const sealed = JSON.parse(Buffer.from(ciphertext).toString());
    if (sealed.userId !== userId || sealed.sessionId !== sessionId) throw new Error('sealed for another session');
    return sealed.token;
  },
};
