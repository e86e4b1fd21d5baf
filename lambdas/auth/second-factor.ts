import type { Caller } from '../../domain/access/policy.ts';
import { otpauthUri } from '../../domain/access/totp.ts';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import type { AuditEntry } from '../../domain/people/audit.ts';
import { newAuditId } from '../../platform/ids.ts';
import type { UserPool } from './cognito.ts';
import type { Passwords } from './passwords.ts';
import type { routes } from './routes.ts';
import type { TellOwner } from './service.ts';
import type { Sessions } from './sessions.ts';
import type { UserStore } from './store.ts';

type Routes = typeof routes;

export interface SecondFactorParts {
  readonly pool: UserPool;
  readonly store: UserStore;
  /** Writes an entry of the audit trail. */
  readonly audit: (entry: AuditEntry) => Promise<void>;
  readonly tellOwner: TellOwner;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  /** What an authenticator app lists the account under. */
  readonly issuer: string;
}

/**
 * Codes of an authenticator app (TOTP, RFC 6238), which Cognito checks. Setting up and taking away ask for the password:
 * who has got hold of a session must not shut out its owner, nor take away what protects them.
 */
export const secondFactor = ({ pool, store, audit, tellOwner, sessions, passwords, issuer }: SecondFactorParts) => ({
  state: async ({ userId }: Caller): Promise<AnswerOf<Routes['secondFactor']>> => ({
    totp: await pool.hasTotp(userId),
  }),

  async begin(caller: Caller, password: string, now: number): Promise<AnswerOf<Routes['beginTotp']> | Problem> {
    const refusal = await passwords.check(caller, password, now);
    if (refusal) return refusal;
    const access = await sessions.cognitoAccess(caller);
    if (isProblem(access)) return access;
    const secret = await pool.newTotpSecret(access);
    return { secret, otpauthUri: otpauthUri({ issuer, account: caller.email, secret }) };
  },

  async confirm(caller: Caller, code: string, now: number): Promise<Problem | undefined> {
    const access = await sessions.cognitoAccess(caller);
    if (isProblem(access)) return access;
    const refusal = await pool.confirmTotp(access, code);
    if (refusal) return refusal;
    await pool.setTotp(caller.userId, true);
    await tellOwner(caller.userId, { kind: 'second-factor-set-up' }, now);
    return undefined;
  },

  async end(caller: Caller, password: string, now: number): Promise<Problem | undefined> {
    const refusal = await passwords.check(caller, password, now);
    if (refusal) return refusal;
    await pool.setTotp(caller.userId, false);
    await tellOwner(caller.userId, { kind: 'second-factor-removed', by: 'owner' }, now);
    return undefined;
  },

  /** For who has lost it. The trail comes first: there is no such act that it does not know. */
  async remove(admin: Caller, userId: UserId, now: number): Promise<Problem | undefined> {
    const user = await store.user(userId);
    if (!user || user.status === 'deleting') return problem('user-not-found', 'There is no such person.');
    const entry = { auditId: newAuditId(), at: now, actorId: admin.userId, subjectId: userId };
    await audit({ ...entry, act: 'second-factor-removed', before: {}, after: {} });
    await pool.setTotp(userId, false);
    await tellOwner(userId, { kind: 'second-factor-removed', by: 'admin' }, now);
    return undefined;
  },
});
