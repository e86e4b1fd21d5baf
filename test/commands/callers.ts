import type { Caller } from '../../domain/access/policy.ts';
import { expiredToken, foreignToken, revokedToken } from './credentials.ts';
import { newPerson, type Person } from './people.ts';

/** Everybody that a route can be called by, as the policy tells them apart. */
export const callerKinds = [
  'nobody',
  'viewer',
  'owner',
  'creator',
  'moderator',
  'finance',
  'admin',
  'suspended',
  'expired',
  'foreign',
  'revoked',
] as const;
export type CallerKind = (typeof callerKinds)[number];

/** Credentials that are no good, and what they are refused with where a caller is needed. */
export const refusals = {
  suspended: 'suspended',
  expired: 'unauthenticated',
  foreign: 'unauthenticated',
  revoked: 'session-ended',
} as const;
export type BadCaller = keyof typeof refusals;
export const isBad = (kind: CallerKind): kind is BadCaller => kind in refusals;

export interface TestCaller {
  readonly token?: string;
  /** Who they are, if they may be somebody. */
  readonly person?: Person;
  /** As the policy sees them. */
  readonly caller?: Pick<Caller, 'userId' | 'roles'>;
}
export type Callers = Readonly<Record<CallerKind, TestCaller>>;

/** One of each. The owner and the other creator have the same roles; what tells them apart is what is whose. */
export async function oneCallerOfEach(): Promise<Callers> {
  const [viewer, owner, creator, moderator, finance, admin, suspended] = await Promise.all([
    newPerson({ without: ['creator'] }),
    newPerson(),
    newPerson(),
    newPerson({ roles: ['moderator'] }),
    newPerson({ roles: ['finance'] }),
    newPerson({ roles: ['admin'] }),
    newPerson({ suspended: true }),
  ]);
  const [foreign, revoked, expired] = await Promise.all([
    foreignToken(owner),
    revokedToken(owner),
    expiredToken(owner),
  ]);
  return {
    nobody: {},
    viewer: await as(viewer),
    owner: await as(owner),
    creator: await as(creator),
    moderator: await as(moderator),
    finance: await as(finance),
    admin: await as(admin),
    suspended: { token: suspended.token },
    expired: { token: expired },
    foreign: { token: foreign },
    revoked: { token: revoked },
  };
}

async function as(person: Person): Promise<TestCaller> {
  const { userId, roles } = await person.client.auth.me();
  return { token: person.token, person, caller: { userId, roles } };
}
