import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import { givenRoles } from '../../domain/people/standing.ts';
import type { UserPool } from './cognito.ts';
import type { Passwords } from './passwords.ts';
import { ended } from './sessions.ts';
import type { UserStore } from './store.ts';

export interface DeletionParts {
  readonly pool: Pick<UserPool, 'revokeAll'>;
  readonly store: Pick<UserStore, 'user' | 'beginDeletion'>;
  readonly passwords: Pick<Passwords, 'check'>;
}

/** Leaving for good. */
export function deletion({ pool, store, passwords }: DeletionParts) {
  return {
    /**
     * One write shuts the person out and has all that is kept about them removed (lambdas/people/erase.ts); Cognito's tokens
     * follow. Who holds a role that others have given gives it back first: there is always an admin, and what staff have done
     * stays theirs to answer for.
     */
    async begin(caller: Caller, password: string, now: number): Promise<Problem | undefined> {
      const user = await store.user(caller.userId);
      if (!user) return ended();
      const roles = givenRoles(user.roles);
      if (roles.length > 0) {
        return problem('roles-held', `An admin has to take your roles first: ${roles.join(', ')}.`, { roles });
      }
      const refusal = await passwords.check(caller, password, now);
      if (refusal) return refusal;
      if (!(await store.beginDeletion(user, now))) {
        return problem('unavailable', 'The account was changed at this moment. Try again.');
      }
      await pool.revokeAll(caller.userId);
      return undefined;
    },
  };
}
