import { problem } from '../../../domain/api/problems.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { CognitoTokens, UserPool } from '../../../lambdas/auth/cognito.ts';
import type { Session } from '../../../lambdas/auth/session.ts';
import type { UserStore } from '../../../lambdas/auth/store.ts';
import type { TokenVault } from '../../../lambdas/auth/vault.ts';
import type { UserRecord } from '../../../lambdas/shared/accounts.ts';

export const ada = { userId: 'aaaaaaaa-0000-4000-8000-000000000001' as UserId, email: 'ada@example.com', name: 'Ada' };
export const password = 'Correct-Horse-1';

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A user pool of one person, Ada, who answers as Cognito does. */
export function poolOfAda() {
  const state = { confirmed: false, revoked: [] as string[], refused: false, codesSent: 0, signIns: 0 };
  const tokens = (session: string, refreshToken: string | undefined): CognitoTokens => ({
    accessToken: `${encode({ alg: 'RS256', kid: 'k' })}.${encode({ sub: ada.userId, origin_jti: session })}.c2ln`,
    refreshToken,
    expiresInSeconds: 900,
  });
  const pool: UserPool = {
    signUp: async ({ email }) => (email === ada.email ? ada.userId : problem('email-taken', '')),
    async confirm(_email, code) {
      if (code !== '123456') return problem('confirmation-code-wrong', '');
      state.confirmed = true;
      return undefined;
    },
    async resendCode() {
      state.codesSent += 1;
      return undefined;
    },
    async signIn(email, tried) {
      if (email !== ada.email) return problem('credentials-wrong', '');
      if (!state.confirmed) return problem('email-not-confirmed', '');
      if (tried !== password) return problem('credentials-wrong', '');
      state.signIns += 1;
      const session = `cccccccc-0000-4000-8000-00000000000${state.signIns}`;
      return tokens(session, `refresh of ${session}`);
    },
    refresh: async (token) =>
      state.refused || state.revoked.includes(token)
        ? problem('session-ended', '')
        : tokens(token.slice('refresh of '.length), undefined),
    async revoke(token) {
      state.revoked.push(token);
    },
    person: async () => ada,
  };
  return { pool, state };
}

/** The user table, in memory, with the same conditions. */
export function memoryStore() {
  const users = new Map<string, UserRecord>();
  const sessions = new Map<string, Session>();
  const pending = new Map<string, { passwordProof: string }>();
  const store: UserStore = {
    user: async (userId) => users.get(userId),
    async createUser(user) {
      if (!users.has(user.userId)) users.set(user.userId, user);
    },
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
