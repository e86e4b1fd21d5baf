import { rolesOnRegistration } from '../../domain/access/roles.ts';
import { isProblem, type Problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import type { UserRecord } from '../../platform/records/users.ts';
import type { Person, UserPool } from './cognito.ts';
import { told } from './cognito-refusals.ts';
import { passwordProof, provesPassword } from './password-proof.ts';
import type { routes } from './routes.ts';
import type { UserStore } from './store.ts';

type Routes = typeof routes;

/**
 * From an address to a person. `firstAdmin`: whoever confirms this address becomes an admin, if nobody has by this; without
 * it, nobody.
 */
export function registration(pool: UserPool, store: UserStore, firstAdmin: string | undefined) {
  async function rolesOf({ userId, email }: Person): Promise<UserRecord['roles']> {
    const isFirstAdmin = email.toLowerCase() === firstAdmin && (await store.becomeFirstAdmin(userId));
    return isFirstAdmin ? [...rolesOnRegistration, 'admin'] : [...rolesOnRegistration];
  }

  /** The user item of a person, made the first time it is needed: they have confirmed their address. */
  async function userOf(userId: UserId, who: () => Promise<Person>, now: number): Promise<UserRecord> {
    const known = await store.user(userId);
    if (known) return known;
    const person = await who();
    const roles = await rolesOf(person);
    const user: UserRecord = { ...person, roles, status: 'active', createdAt: now, version: 1 };
    await store.createUser(user);
    return (await store.user(userId)) ?? user;
  }

  return {
    userOf,

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

    async resendCode({ email }: BodyOf<Routes['resendCode']>): Promise<undefined> {
      await pool.resendCode(email);
    },

    /** An address that awaits confirmation: said to who knows the password, with a new code, for the first may have expired. */
    async notConfirmed(email: string, password: string): Promise<Problem> {
      const { userId } = await pool.person(email);
      const pending = await store.pending(userId);
      if (!pending || !(await provesPassword(pending.passwordProof, password))) return told('credentials-wrong');
      await pool.resendCode(email);
      return told('email-not-confirmed');
    },
  };
}

export type Registration = ReturnType<typeof registration>;
