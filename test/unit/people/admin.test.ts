import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../domain/access/policy.ts';
import type { Role } from '../../../domain/access/roles.ts';
import { isProblem } from '../../../domain/api/problems.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { AuditEntry } from '../../../domain/people/audit.ts';
import { isActingAdmin } from '../../../domain/people/standing.ts';
import { type AdminDeps, adminService } from '../../../lambdas/people/admin.ts';
import type { UserRecord } from '../../../platform/records/users.ts';

const id = (n: number) => `aaaaaaaa-0000-4000-8000-00000000000${n}` as UserId;
const now = Date.UTC(2026, 0, 1);

let users: Map<UserId, UserRecord>;
let trail: AuditEntry[];
/** Called before each write: what others do meanwhile. */
let meanwhile: () => void;
let admin: ReturnType<typeof adminService>;

const person = (n: number, ...roles: Role[]): UserRecord => ({
  userId: id(n),
  email: `${n}@example.com`,
  name: `Person ${n}`,
  roles: ['viewer', 'creator', ...roles],
  status: 'active',
  createdAt: 0,
  version: 1,
});
const caller = (n: number): Caller => ({
  userId: id(n),
  sessionId: '',
  email: '',
  name: '',
  roles: users.get(id(n))?.roles ?? [],
});
const change = (userId: UserId, changes: Partial<UserRecord>) => {
  const user = users.get(userId);
  if (user) users.set(userId, { ...user, ...changes, version: user.version + 1 });
};

beforeEach(() => {
  users = new Map([person(1, 'admin'), person(2, 'admin'), person(3)].map((user) => [user.userId, user]));
  trail = [];
  meanwhile = () => {};
  const deps: AdminDeps = {
    people: {
      user: async (userId) => users.get(userId),
      people: async (ids) => ids.flatMap((one) => users.get(one) ?? []).map((user) => ({ user, channel: undefined })),
    },
    directory: {
      find: async () => ({ people: [], cursor: null }),
      async *admins() {
        for (const user of users.values()) if (isActingAdmin(user)) yield user.userId;
      },
    },
    standing: {
      async write({ read, next, entry, witness }) {
        meanwhile();
        if (users.get(read.userId)?.version !== read.version) return 'changed-meanwhile';
        const other = users.get(witness);
        if (witness !== read.userId && !(other && isActingAdmin(other))) return 'witness-gone';
        users.set(read.userId, { ...next, version: read.version + 1 });
        trail.push(entry);
        return 'written';
      },
    },
    readAudit: async () => ({ entries: trail, cursor: null }),
  };
  admin = adminService(deps);
});

const act = (by: number, on: number, ifMatch?: number) => ({ by: caller(by), userId: id(on), ifMatch, now });
const codeOf = (outcome: unknown) => (isProblem(outcome) ? outcome.code : 'done');

describe('roles', () => {
  it('are given and taken, and the trail tells by whom, and what was before', async () => {
    expect(await admin.setRoles(act(1, 3), ['viewer', 'moderator'])).toMatchObject({ roles: ['viewer', 'moderator'] });
    expect(trail).toMatchObject([
      {
        actorId: id(1),
        subjectId: id(3),
        act: 'roles-changed',
        before: { roles: ['creator', 'viewer'] },
        after: { roles: ['moderator', 'viewer'] },
      },
    ]);
  });

  it('that somebody has already are no act', async () => {
    await admin.setRoles(act(1, 3), ['creator', 'viewer', 'creator']);
    expect([trail, users.get(id(3))?.version]).toEqual([[], 1]);
  });

  it('are changed only as they were seen, where that is asked for', async () => {
    expect(codeOf(await admin.setRoles(act(1, 3, 7), []))).toBe('version-conflict');
    meanwhile = () => {
      meanwhile = () => {};
      change(id(3), { name: 'Another' });
    };
    expect(codeOf(await admin.setRoles(act(1, 3, 1), []))).toBe('version-conflict');
    expect(await admin.setRoles(act(1, 3), ['finance'])).toMatchObject({ name: 'Another', roles: ['finance'] });
  });
});

describe('the last admin', () => {
  it('stays one, by whatever way they would go', async () => {
    expect(codeOf(await admin.setRoles(act(1, 1), ['viewer']))).toBe('done');
    expect(codeOf(await admin.setRoles(act(2, 2), ['viewer']))).toBe('last-admin');
    expect(codeOf(await admin.suspend(act(2, 2), 'tired'))).toBe('last-admin');
    expect(isActingAdmin(users.get(id(2)) as UserRecord)).toBe(true);
  });

  it('is left where two shut each other out at the same moment', async () => {
    meanwhile = () => {
      meanwhile = () => {};
      change(id(1), { status: 'suspended' });
    };
    expect(codeOf(await admin.suspend(act(1, 2), 'first'))).toBe('forbidden');
    expect(isActingAdmin(users.get(id(2)) as UserRecord)).toBe(true);
  });

  it('is left where the other resigns at the same moment', async () => {
    meanwhile = () => {
      meanwhile = () => {};
      change(id(2), { roles: ['viewer'] });
    };
    expect(codeOf(await admin.setRoles(act(1, 1), ['viewer']))).toBe('last-admin');
  });
});

describe('a suspension', () => {
  it('shuts out, ends all sessions, and tells why; a restoration lets in again', async () => {
    expect(await admin.suspend(act(1, 3), 'spam')).toMatchObject({ status: 'suspended', suspendedBecause: 'spam' });
    expect(users.get(id(3))?.sessionsEnded).toEqual({ at: now });
    await admin.suspend(act(2, 3), 'spam again');
    expect(await admin.restore(act(1, 3), undefined)).toMatchObject({ status: 'active', suspendedBecause: null });
    expect(trail.map((entry) => [entry.act, entry.reason])).toEqual([
      ['suspended', 'spam'],
      ['restored', undefined],
    ]);
  });

  it('is not for who is leaving, and nor is anything else', async () => {
    change(id(3), { status: 'deleting' });
    expect(codeOf(await admin.suspend(act(1, 3), 'spam'))).toBe('user-not-found');
    expect(codeOf(await admin.setMembership(act(1, 3), now))).toBe('user-not-found');
  });
});

it('a paid plan is given and taken', async () => {
  expect(await admin.setMembership(act(1, 3), now + 1)).toMatchObject({ memberUntil: now + 1 });
  expect(await admin.setMembership(act(1, 3), null)).toMatchObject({ memberUntil: null });
  expect(trail.map(({ before, after }) => [before.memberUntil, after.memberUntil])).toEqual([
    [null, now + 1],
    [now + 1, null],
  ]);
});

it('the trail names who is still there', async () => {
  await admin.suspend(act(1, 3), 'spam');
  users.delete(id(3));
  expect((await admin.audit({ userId: undefined, cursor: undefined, limit: 25 })).entries).toMatchObject([
    { actor: { userId: id(1), email: '1@example.com' }, subject: { userId: id(3), email: null } },
  ]);
});
