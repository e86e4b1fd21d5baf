import type { Caller } from '../../domain/access/policy.ts';
import type { SecurityAct } from '../../domain/access/security-notice.ts';
import type { Problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import type { AuditEntry } from '../../domain/people/audit.ts';
import type { ChallengeStore } from './challenge-store.ts';
import type { UserPool } from './cognito.ts';
import { deletion } from './deletion.ts';
import { passwords } from './passwords.ts';
import { registration } from './registration.ts';
import type { routes } from './routes.ts';
import { secondFactor } from './second-factor.ts';
import { ended, sessions } from './sessions.ts';
import { signIn } from './sign-in.ts';
import type { UserStore } from './store.ts';
import { tryGuard } from './tries.ts';
import type { TryStore } from './try-store.ts';
import type { TokenVault } from './vault.ts';

/** Has the owner of an account told by mail what was done at `at` (ms since the epoch). */
export type TellOwner = (userId: UserId, act: SecurityAct, at: number) => Promise<void>;

export interface AuthParts {
  readonly pool: UserPool;
  readonly store: UserStore;
  readonly challenges: ChallengeStore;
  readonly tries: TryStore;
  readonly vault: TokenVault;
  /** Writes an entry of the audit trail. */
  readonly audit: (entry: AuditEntry) => Promise<void>;
  readonly tellOwner: TellOwner;
  /** Who becomes an admin by confirming their address; undefined: nobody. */
  readonly firstAdmin: string | undefined;
  /** What authenticator apps list accounts under. */
  readonly issuer: string;
}

/** Who people are: from registration to the end of a session. */
export function authService({ firstAdmin, issuer, ...parts }: AuthParts) {
  const { pool, store, vault, tries, audit, tellOwner } = parts;
  const guard = tryGuard(tries);
  const register = registration(pool, store, firstAdmin);
  const ofPeople = sessions(pool, store, vault);
  const ofPasswords = passwords({ pool, store, tries, guard, sessions: ofPeople, tellOwner });
  return {
    registration: register,
    signIn: signIn({ ...parts, guard, registration: register }),
    sessions: ofPeople,
    passwords: ofPasswords,
    secondFactor: secondFactor({ pool, store, audit, tellOwner, sessions: ofPeople, passwords: ofPasswords, issuer }),
    deletion: deletion({ pool, store, passwords: ofPasswords }),
    async me({ userId }: Caller): Promise<AnswerOf<(typeof routes)['me']> | Problem> {
      return (await store.user(userId)) ?? ended();
    },
  };
}
