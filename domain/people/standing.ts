import { type Role, rolesOnRegistration } from '../access/roles.ts';

/** What admins decide about a person. */
export interface Standing {
  readonly roles: readonly Role[];
  readonly status: 'active' | 'suspended' | 'deleting';
  readonly memberUntil?: number | undefined;
}

/** Whether they can manage people, now. */
export const isActingAdmin = ({ roles, status }: Standing): boolean => status === 'active' && roles.includes('admin');

/** Whether a change leaves one admin less: then another has to be there who stays one. */
export const losesAdmin = (before: Standing, after: Standing): boolean =>
  isActingAdmin(before) && !isActingAdmin(after);

/** The roles beyond those that everybody may take by registering. */
export const givenRoles = (roles: readonly Role[]): Role[] =>
  roles.filter((role) => !rolesOnRegistration.includes(role));

/** In what two standings differ, as the trail tells it; undefined if in nothing. */
export function difference(before: Standing, after: Standing) {
  const sorted = (roles: readonly Role[]) => [...new Set(roles)].toSorted();
  const rolesDiffer = sorted(before.roles).join() !== sorted(after.roles).join();
  const statusDiffers = before.status !== after.status;
  const membershipDiffers = before.memberUntil !== after.memberUntil;
  if (!rolesDiffer && !statusDiffers && !membershipDiffers) return undefined;
  const told = (of: Standing) => ({
    ...(rolesDiffer && { roles: sorted(of.roles) }),
    ...(statusDiffers && { status: of.status }),
    ...(membershipDiffers && { memberUntil: of.memberUntil ?? null }),
  });
  return { before: told(before), after: told(after) };
}
