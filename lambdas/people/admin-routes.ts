import * as z from 'zod';
import { role } from '../../domain/access/policy.ts';
import { Role } from '../../domain/access/roles.ts';
import { EmailState } from '../../domain/access/undeliverable.ts';
import { reading } from '../../domain/api/limits.ts';
import { type Routes, route } from '../../domain/api/route.ts';
import { AuditId, UserId } from '../../domain/ids.ts';
import { AuditEntry } from '../../domain/people/audit.ts';
import { SomeParagraphs } from '../../domain/text.ts';

/** A person as admins see them. */
const User = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  handle: z.string().nullable(),
  roles: z.array(Role),
  status: z.enum(['active', 'suspended', 'deleting']),
  suspendedBecause: z.string().nullable(),
  /** Why mail to them is in vain; null: as far as we know it arrives. */
  emailState: EmailState.nullable(),
  /** Until when they have a paid plan (ms); null: they have none. */
  memberUntil: z.int().nullable(),
  createdAt: z.int(),
  version: z.int(),
});

/** Who is named in the trail: without an address once they have left. */
const Named = z.object({ userId: UserId, email: z.string().nullable() });
const ReadEntry = AuditEntry.omit({ actorId: true, subjectId: true }).extend({ actor: Named, subject: Named });

const Reason = SomeParagraphs(500);
const params = z.object({ userId: UserId });
const admins = { access: role('admin'), throttle: { ratePerSecond: 20, burst: 40 } } as const;
/** By hand, one after another. */
const byHand = { perUser: { requests: 60, perSeconds: 60 } } as const;
const acted = { status: 200, body: User } as const;

export const adminRoutes = {
  listUsers: route({
    ...admins,
    method: 'GET',
    path: '/admin/users',
    summary: 'People in the order of what they are looked for by; `query` is how it begins',
    limits: reading,
    query: z.object({
      query: z.string().trim().max(254).optional(),
      by: z.enum(['email', 'name', 'handle']).default('email'),
      role: Role.optional(),
      status: z.enum(['active', 'suspended', 'deleting']).optional(),
      cursor: z.string().max(1000).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(25),
    }),
    answer: { status: 200, body: z.object({ users: z.array(User), cursor: z.string().nullable() }) },
    problems: [],
  }),
  getUser: route({
    ...admins,
    method: 'GET',
    path: '/admin/users/{userId}',
    summary: 'A person',
    limits: reading,
    precondition: 'version',
    params,
    answer: acted,
    problems: ['user-not-found'],
  }),
  setRoles: route({
    ...admins,
    method: 'PUT',
    path: '/admin/users/{userId}/roles',
    summary: 'Give and take roles, from the next request on; the last admin stays one',
    limits: byHand,
    precondition: 'version',
    params,
    body: z.strictObject({ roles: z.array(Role).max(Role.options.length) }),
    answer: acted,
    problems: ['user-not-found', 'last-admin', 'version-conflict'],
  }),
  suspendUser: route({
    ...admins,
    method: 'POST',
    path: '/admin/users/{userId}/suspend',
    summary: 'Shut a person out from their next request on, and end their sessions',
    limits: byHand,
    precondition: 'version',
    params,
    body: z.strictObject({ reason: Reason }),
    answer: acted,
    problems: ['user-not-found', 'last-admin', 'version-conflict'],
  }),
  restoreUser: route({
    ...admins,
    method: 'POST',
    path: '/admin/users/{userId}/restore',
    summary: 'Let a suspended person in again; they sign in anew',
    limits: byHand,
    precondition: 'version',
    params,
    body: z.strictObject({ reason: Reason.optional() }),
    answer: acted,
    problems: ['user-not-found', 'version-conflict'],
  }),
  setMembership: route({
    ...admins,
    method: 'PUT',
    path: '/admin/users/{userId}/membership',
    summary: 'Give a person a paid plan until a time, or take it',
    limits: byHand,
    precondition: 'version',
    params,
    body: z.strictObject({ memberUntil: z.int().positive().nullable() }),
    answer: acted,
    problems: ['user-not-found', 'version-conflict'],
  }),
  listAudit: route({
    ...admins,
    method: 'GET',
    path: '/admin/audit',
    summary: 'What admins have done to people, or to one, newest first',
    limits: reading,
    query: z.object({
      userId: UserId.optional(),
      cursor: AuditId.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(25),
    }),
    answer: { status: 200, body: z.object({ entries: z.array(ReadEntry), cursor: z.string().nullable() }) },
    problems: [],
  }),
} satisfies Routes;
