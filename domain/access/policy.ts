import type { UserId } from '../ids.ts';
import type { Role } from './roles.ts';

/** Who may call a route. Data, evaluated by `decide` and nowhere else. */
export type Access =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'role'; readonly anyOf: readonly Role[] }
  /** The owner of the resource that parameter `param` names, of the path or else of the query; holders of `orRoles` as well. */
  | { readonly kind: 'owner'; readonly of: OwnedResource; readonly param: string; readonly orRoles: readonly Role[] };

/** `keptVideo`: a video that is deleted too, until it is purged. */
export type OwnedResource = 'video' | 'keptVideo' | 'upload' | 'playlist' | 'comment';

/** Each keeps its literal type, so that a handler's type follows from its route's access. */
export const anyone = { kind: 'anyone' } as const satisfies Access;
export const signedIn = { kind: 'signedIn' } as const satisfies Access;
export const role = (...anyOf: [Role, ...Role[]]) => ({ kind: 'role', anyOf }) as const satisfies Access;
export const owner = <const R extends OwnedResource>(of: R, param: string, ...orRoles: Role[]) =>
  ({ kind: 'owner', of: of as NoInfer<R>, param, orRoles }) as const satisfies Access;

export interface Caller {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  readonly email: string;
  /** As others see it. */
  readonly name: string;
  /** Until when they have a paid plan, in ms since the epoch; absent: they have none. */
  readonly memberUntil?: number;
}

/** `hidden`: the caller may not learn that the resource exists; answered as if it did not. */
export type Decision = 'allow' | 'unauthenticated' | 'forbidden' | 'hidden';

/**
 * Decides a call. `ownerId` is the owner of the named resource, or undefined when there is no such resource;
 * it is read only for routes of kind `owner`.
 */
export function decide(
  access: Access,
  caller: Pick<Caller, 'userId' | 'roles'> | undefined,
  ownerId: UserId | undefined,
): Decision {
  if (access.kind === 'anyone') return 'allow';
  if (caller === undefined) return 'unauthenticated';
  if (access.kind === 'signedIn') return 'allow';
  const holds = (wanted: readonly Role[]) => wanted.some((r) => caller.roles.includes(r));
  if (access.kind === 'role') return holds(access.anyOf) ? 'allow' : 'forbidden';
  if (ownerId === undefined) return 'hidden';
  return ownerId === caller.userId || holds(access.orRoles) ? 'allow' : 'hidden';
}
