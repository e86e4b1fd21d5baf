import type { Caller } from '../../domain/access/policy.ts';
import type { Role } from '../../domain/access/roles.ts';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, QueryOf } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import type { AuditAct } from '../../domain/people/audit.ts';
import { difference, losesAdmin } from '../../domain/people/standing.ts';
import { newAuditId } from '../../platform/ids.ts';
import type { AuditPage } from '../../platform/records/audit.ts';
import type { UserRecord } from '../../platform/records/users.ts';
import type { adminRoutes } from './admin-routes.ts';
import type { Directory, Search } from './directory.ts';
import type { PeopleStore, PersonRecords } from './people.ts';
import type { StandingStore } from './standing-store.ts';

type Routes = typeof adminRoutes;
type User = AnswerOf<Routes['getUser']>;
type Trail = AnswerOf<Routes['listAudit']>;

export interface AdminDeps {
  readonly people: Pick<PeopleStore, 'people' | 'user'>;
  readonly directory: Directory;
  readonly standing: StandingStore;
  readonly readAudit: (page: {
    subjectId: UserId | undefined;
    cursor: string | undefined;
    limit: number;
  }) => Promise<AuditPage>;
}

/** Admins act by hand: more than this in one moment on one person is not admins. */
const maxTries = 8;

const notFound = () => problem('user-not-found', 'There is no such person, or they are leaving.');
const lastAdmin = () => problem('last-admin', 'Make somebody else an admin first.');

/** An act as it was asked for. */
interface Act {
  readonly by: Caller;
  readonly userId: UserId;
  readonly act: AuditAct;
  readonly reason?: string | undefined;
  readonly ifMatch: number | undefined;
  readonly now: number;
}

const shown = ({ user, channel }: PersonRecords): User => ({
  ...user,
  handle: channel?.handle ?? null,
  memberUntil: user.memberUntil ?? null,
  suspendedBecause: user.suspendedBecause ?? null,
  emailState: user.emailState ?? null,
});

/** What admins do about people. An act that changes nothing leaves no entry; one that does counts only while they are admins. */
export function adminService({ people, directory, standing, readAudit }: AdminDeps) {
  async function read(userId: UserId): Promise<User | Problem> {
    const [person] = await people.people([userId]);
    return person ? shown(person) : notFound();
  }

  /** Who has to be an admin still when the act is written: who acts; or another, where they give up being one. */
  async function witnessOf(by: UserId, before: UserRecord, after: UserRecord): Promise<UserId | undefined> {
    if (by !== before.userId || !losesAdmin(before, after)) return by;
    for await (const admin of directory.admins()) if (admin !== by) return admin;
    return undefined;
  }

  /** Makes of the person what `change` says, and writes it down. */
  async function carryOut(
    { by, userId, act, reason, ifMatch, now }: Act,
    change: (user: UserRecord) => UserRecord,
  ): Promise<User | Problem> {
    for (let tries = 0; tries < maxTries; tries++) {
      const before = await people.user(userId);
      if (before === undefined || before.status === 'deleting') return notFound();
      if (ifMatch !== undefined && ifMatch !== before.version) {
        return problem('version-conflict', 'The person has changed meanwhile. Read them again.', {
          version: before.version,
        });
      }
      const next = change(before);
      const differs = difference(before, next);
      if (differs === undefined) return read(userId);
      const witness = await witnessOf(by.userId, before, next);
      if (witness === undefined) return lastAdmin();
      const about = { auditId: newAuditId(), at: now, actorId: by.userId, subjectId: userId, act };
      const entry = { ...about, ...differs, ...(reason !== undefined && { reason }) };
      const write = await standing.write({ read: before, next, entry, witness });
      if (write === 'written') return read(userId);
      if (write === 'witness-gone' && witness === by.userId) {
        return problem('forbidden', 'You are not an admin any more.');
      }
    }
    return problem('unavailable', 'The person is being changed by many at once.');
  }

  return {
    get: read,

    async list(search: Search): Promise<AnswerOf<Routes['listUsers']> | Problem> {
      const found = await directory.find(search);
      return isProblem(found) ? found : { users: found.people.map(shown), cursor: found.cursor };
    },

    setRoles: (act: Omit<Act, 'act'>, roles: readonly Role[]) =>
      carryOut({ ...act, act: 'roles-changed' }, (user) => ({ ...user, roles: [...new Set(roles)] })),

    setMembership: (act: Omit<Act, 'act'>, memberUntil: number | null) =>
      carryOut({ ...act, act: 'membership-changed' }, ({ memberUntil: _, ...user }) =>
        memberUntil === null ? user : { ...user, memberUntil },
      ),

    /** All sessions end with it: who is restored signs in anew. */
    suspend: (act: Omit<Act, 'act'>, reason: string) =>
      carryOut({ ...act, act: 'suspended', reason }, (user) =>
        user.status === 'suspended'
          ? user
          : { ...user, status: 'suspended', suspendedBecause: reason, sessionsEnded: { at: act.now } },
      ),

    restore: (act: Omit<Act, 'act'>, reason: string | undefined) =>
      carryOut({ ...act, act: 'restored', reason }, ({ suspendedBecause: _, ...user }) => ({
        ...user,
        status: 'active',
      })),

    /** Entries name people by id; who they are is read anew, so that nobody is named who has left. */
    async audit({ userId, cursor, limit }: QueryOf<Routes['listAudit']>): Promise<Trail> {
      const page = await readAudit({ subjectId: userId, cursor, limit });
      const named = [...new Set(page.entries.flatMap(({ actorId, subjectId }) => [actorId, subjectId]))];
      const records = [
        ...(await people.people(named.slice(0, namedAtOnce))),
        ...(await people.people(named.slice(namedAtOnce))),
      ];
      const name = (id: UserId) => ({
        userId: id,
        email: records.find(({ user }) => user.userId === id)?.user.email ?? null,
      });
      return {
        entries: page.entries.map(({ actorId, subjectId, ...entry }) => ({
          ...entry,
          actor: name(actorId),
          subject: name(subjectId),
        })),
        cursor: page.cursor,
      };
    },
  };
}

/** One read has room for so many people. */
const namedAtOnce = 50;
