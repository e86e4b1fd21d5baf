import * as z from 'zod';
import { Role, rolesOnRegistration } from '../../domain/access/roles.ts';
import { EmailState } from '../../domain/access/undeliverable.ts';
import { UserId } from '../../domain/ids.ts';

/** `deleting`: the person has asked for it, and is out; the record goes when all that is kept about them has gone. */
export const UserStatus = z.enum(['active', 'suspended', 'deleting']);
export type UserStatus = z.infer<typeof UserStatus>;

/** A person: one item of the user table, of which the auth and people services write parts. Times are ms since the epoch. */
export const UserRecord = z.object({
  userId: UserId,
  email: z.string(),
  name: z.string(),
  roles: z.array(Role),
  status: UserStatus,
  createdAt: z.int(),
  /** Raised when name, roles, status or membership change. */
  version: z.int().positive(),
  /** Until when they have a paid plan; absent: they have none. */
  memberUntil: z.int().optional(),
  /** They have ended all sessions that had begun before this (ms), but for one that they go on with. */
  sessionsEnded: z.object({ at: z.int(), but: z.string().optional() }).optional(),
  /** Why mail to them is in vain; absent: as far as we know it arrives. */
  emailState: EmailState.optional(),
  /** Why they are suspended, for admins to read. */
  suspendedBecause: z.string().optional(),
  /** Since when the account is being deleted. */
  deletingSince: z.int().optional(),
});
export type UserRecord = z.infer<typeof UserRecord>;

export const userKey = (userId: string) => ({ pk: `USER#${userId}`, sk: 'PROFILE' });
export const sessionKey = (userId: string, sessionId: string) => ({ pk: `USER#${userId}`, sk: `SESSION#${sessionId}` });

/**
 * Indexes of the user table by which admins find people, of keys alone: what is shown is read from the records. All of one
 * partition, whose writes are registrations and changes of names: 28 a second at 100,000 registrations an hour.
 */
export const byEmailIndex = 'byEmail';
export const byNameIndex = 'byName';
export const byHandleIndex = 'byHandle';
/** Sparse: who is not like nearly everybody, by the one thing that is most notable about them. */
export const notableIndex = 'notable';

/** How names are looked for: whatever their case and width. */
export const nameKey = (name: string) => name.normalize('NFKC').toLowerCase();

export type Notable = 'deleting' | 'suspended' | 'staff';
function notableAs({ roles, status }: Pick<UserRecord, 'roles' | 'status'>): Notable | undefined {
  if (status !== 'active') return status;
  return roles.some((role) => !rolesOnRegistration.includes(role)) ? 'staff' : undefined;
}

/** What the indexes need of a record beside itself; undefined: not in it. */
export const indexedAs = (user: Pick<UserRecord, 'name' | 'roles' | 'status'>) => ({
  directory: 'person',
  nameKey: nameKey(user.name),
  notable: notableAs(user),
});

/** Who has been made an admin because the environment's configuration says so: once, whatever it says later. */
export const firstAdminKey = { pk: 'FIRST-ADMIN', sk: 'GRANTED' };

/** A record as an item of the table. */
export const userItem = (user: UserRecord) => ({ ...userKey(user.userId), ...user, ...indexedAs(user) });
