import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Registry } from '../../../client/registry.ts';
import type { Access, Caller, OwnedResource } from '../../../domain/access/policy.ts';
import { anyone, owner, signedIn } from '../../../domain/access/policy.ts';
import { reading } from '../../../domain/api/limits.ts';
import { nothing, type Route, route } from '../../../domain/api/route.ts';
import type { Call, Handlers, Owners } from '../../../lambdas/shared/handlers.ts';

/** What must not compile. Running this shows nothing: it is the check of types that fails, once one of these lines would. */

const made = route({
  method: 'GET',
  path: '/made',
  summary: 'Made for this test',
  access: signedIn,
  throttle: { ratePerSecond: 1, burst: 1 },
  limits: reading,
  answer: { status: 204, body: nothing },
  problems: [],
});

describe('a route', () => {
  it('does not compile unless it says who may call, how often, and what it answers', () => {
    expectTypeOf(made).toExtend<Route>();
    expectTypeOf<Omit<Route, 'access'>>().not.toExtend<Route>();
    expectTypeOf<Omit<Route, 'limits'>>().not.toExtend<Route>();
    expectTypeOf<Omit<Route, 'throttle'>>().not.toExtend<Route>();
    expectTypeOf<Omit<Route, 'summary'>>().not.toExtend<Route>();
    expectTypeOf<Omit<Route, 'answer'>>().not.toExtend<Route>();
    expectTypeOf<Omit<Route, 'problems'>>().not.toExtend<Route>();
  });

  it('names a resource that can be owned', () => {
    // @ts-expect-error: nobody owns the weather.
    expect(owner('weather', 'weatherId').kind).toBe('owner');
    expectTypeOf<{ kind: 'everyone' }>().not.toExtend<Access>();
  });
});

describe('a service', () => {
  it('answers each of its routes, and has an owner for whatever they protect', () => {
    expectTypeOf<Record<never, never>>().not.toExtend<Handlers<{ made: typeof made }>>();
    expectTypeOf<Record<never, never>>().not.toExtend<Owners<Registry['content']>>();
    expectTypeOf<Record<never, never>>().toExtend<Owners<{ made: typeof made }>>();
    expectTypeOf<'video'>().toExtend<OwnedResource>();
  });

  it('is given a caller unless anyone may call', () => {
    const open = { ...made, access: anyone };
    expectTypeOf<Call<typeof made>['caller']>().toEqualTypeOf<Caller>();
    expectTypeOf<Call<typeof open>['caller']>().toEqualTypeOf<Caller | undefined>();
  });
});
