import * as z from 'zod';

/** The registry of roles: what each one is for. Roles live in the user table and nowhere else. */
export const roles = {
  viewer: 'watches, likes, comments',
  creator: 'uploads and manages videos of their own',
  moderator: 'reviews reports, blocks and restores videos',
  finance: 'reads the ledger, runs payouts',
  admin: 'manages people, roles and the platform',
} as const;

export type Role = keyof typeof roles;
export const Role = z.enum(Object.keys(roles) as [Role, ...Role[]]);

/** What everybody who registers may do. */
export const rolesOnRegistration: readonly Role[] = ['viewer', 'creator'];
