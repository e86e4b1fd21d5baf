import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Access, anyone, type Caller, decide, owner, role, signedIn } from '../../../../domain/access/policy.ts';
import { Role } from '../../../../domain/access/roles.ts';
import type { UserId } from '../../../../domain/ids.ts';

const ada = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;
const bob = 'bbbbbbbb-0000-4000-8000-000000000002' as UserId;
const caller = (userId: UserId, ...roles: Role[]): Caller => ({
  userId,
  roles,
  sessionId: 's',
  email: 'x@example.com',
  name: 'Grace',
});

const everyAccess: Access[] = [
  anyone,
  signedIn,
  role('admin'),
  owner('video', 'videoId'),
  owner('upload', 'uploadId', 'moderator'),
];
const anAccess = fc.constantFrom(...everyAccess);
const someRoles = fc.subarray([...Role.options]);

describe('decide', () => {
  it('lets anyone call an open route', () => {
    expect(decide(anyone, undefined, undefined)).toBe('allow');
    expect(decide(anyone, caller(bob), ada)).toBe('allow');
  });

  it('asks a stranger to sign in everywhere else', () => {
    for (const access of everyAccess.filter(({ kind }) => kind !== 'anyone')) {
      expect(decide(access, undefined, ada)).toBe('unauthenticated');
    }
  });

  it('lets whoever is signed in call a signed-in route, whatever their roles', () => {
    fc.assert(fc.property(someRoles, (roles) => decide(signedIn, caller(bob, ...roles), undefined) === 'allow'));
  });

  it('lets exactly the holders of one of the roles call a role route', () => {
    fc.assert(
      fc.property(someRoles, fc.subarray([...Role.options], { minLength: 1 }), (held, wanted) => {
        const decision = decide(role(...(wanted as [Role, ...Role[]])), caller(bob, ...held), undefined);
        expect(decision).toBe(wanted.some((r) => held.includes(r)) ? 'allow' : 'forbidden');
      }),
    );
  });

  it('lets an owner at their resource and hides it from others', () => {
    expect(decide(owner('video', 'videoId'), caller(ada), ada)).toBe('allow');
    expect(decide(owner('video', 'videoId'), caller(bob, 'admin'), ada)).toBe('hidden');
    expect(decide(owner('video', 'videoId', 'admin'), caller(bob, 'admin'), ada)).toBe('allow');
    expect(decide(owner('video', 'videoId', 'admin'), caller(bob, 'creator'), ada)).toBe('hidden');
  });

  it('answers for a resource that is not there as for one that is hidden, to every role', () => {
    fc.assert(
      fc.property(
        someRoles,
        (roles) => decide(owner('video', 'videoId', 'admin'), caller(ada, ...roles), undefined) === 'hidden',
      ),
    );
  });

  it('never gives a stranger more than a caller', () => {
    fc.assert(
      fc.property(anAccess, someRoles, (access, roles) => {
        if (decide(access, undefined, ada) === 'allow')
          expect(decide(access, caller(bob, ...roles), ada)).toBe('allow');
      }),
    );
  });
});
