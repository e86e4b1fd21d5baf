import type { Caller } from '../../domain/access/policy.ts';
import { isProblem, type Problem } from '../../domain/api/problems.ts';
import type { BodyOf } from '../../domain/api/route.ts';
import { isChallenge, type UserPool } from './cognito.ts';
import { told } from './cognito-refusals.ts';
import type { routes } from './routes.ts';
import type { TellOwner } from './service.ts';
import type { Sessions } from './sessions.ts';
import type { UserStore } from './store.ts';
import type { TryGuard, Verdict } from './tries.ts';
import type { TryStore } from './try-store.ts';

type Routes = typeof routes;

export interface PasswordParts {
  readonly pool: UserPool;
  readonly store: UserStore;
  readonly tries: TryStore;
  readonly guard: TryGuard;
  readonly sessions: Sessions;
  readonly tellOwner: TellOwner;
}

const judge = (refusal: Problem | undefined): Verdict => {
  if (refusal === undefined) return 'passed';
  return refusal.code === 'password-wrong' ? 'failed' : 'undecided';
};

/** Forgotten, changed, and asked for again before what matters. */
export function passwords({ pool, store, tries, guard, sessions, tellOwner }: PasswordParts) {
  /** A try at the caller's own password: a stolen session must not become a way to guess it. */
  const guarded = async (caller: Caller, now: number, attempt: () => Promise<Problem | undefined>) =>
    guard(await tries.ofCaller(caller.userId, now), now, attempt, judge);

  return {
    /** Always the same answer, in about the same time: it is for the owner of the mailbox alone to learn more. */
    async forgot({ email }: BodyOf<Routes['forgotPassword']>): Promise<undefined> {
      await pool.forgotPassword(email);
    },

    async reset({ email, code, password }: BodyOf<Routes['resetPassword']>, now: number): Promise<Problem | undefined> {
      const refusal = await pool.resetPassword(email, code, password);
      if (refusal) return refusal;
      const { userId } = await pool.person(email);
      await store.endSessions(userId, now);
      await pool.revokeAll(userId);
      // Who has the mailed code has had the mail.
      await store.mailArrives(userId);
      await tellOwner(userId, { kind: 'password-reset' }, now);
      return undefined;
    },

    async change(
      caller: Caller,
      { oldPassword, newPassword }: BodyOf<Routes['changePassword']>,
      now: number,
    ): Promise<Problem | undefined> {
      const refusal = await guarded(caller, now, async () => {
        const access = await sessions.cognitoAccess(caller);
        return isProblem(access) ? access : pool.changePassword(access, oldPassword, newPassword);
      });
      if (refusal) return refusal;
      await sessions.endOthers(caller, now);
      await tellOwner(caller.userId, { kind: 'password-changed' }, now);
      return undefined;
    },

    /** Whether the password is the caller's; a session that Cognito makes of the question is ended at once. */
    check: (caller: Caller, password: string, now: number): Promise<Problem | undefined> =>
      guarded(caller, now, async () => {
        const answer = await pool.signIn(caller.email, password, true);
        if (isProblem(answer)) return answer.code === 'credentials-wrong' ? told('password-wrong') : answer;
        if (!isChallenge(answer) && answer.refreshToken !== undefined) await pool.revoke(answer.refreshToken);
        return undefined;
      }),
  };
}

export type Passwords = ReturnType<typeof passwords>;
