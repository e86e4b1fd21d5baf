import * as z from 'zod';
import { Role } from '../access/roles.ts';
import { AuditId, UserId } from '../ids.ts';

/** The registry of what admins do to people, by what the trail calls it. */
export const auditActs = {
  'roles-changed': 'Roles changed',
  suspended: 'Suspended',
  restored: 'Restored',
  'membership-changed': 'Membership changed',
  'second-factor-removed': 'Second factor removed',
} as const;
export type AuditAct = keyof typeof auditActs;
export const AuditAct = z.enum(Object.keys(auditActs) as [AuditAct, ...AuditAct[]]);

/** What an act may change of a person. */
const Standing = z.object({
  roles: z.array(Role).optional(),
  status: z.string().optional(),
  /** Null: no membership. */
  memberUntil: z.int().nullable().optional(),
});

/** One act: who did what to whom, when (ms), why, and what it changed. It is written with the change, or neither is. */
export const AuditEntry = z.object({
  auditId: AuditId,
  at: z.int(),
  actorId: UserId,
  subjectId: UserId,
  act: AuditAct,
  reason: z.string().optional(),
  before: Standing,
  after: Standing,
});
export type AuditEntry = z.infer<typeof AuditEntry>;
