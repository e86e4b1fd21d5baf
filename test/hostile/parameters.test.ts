import * as fc from 'fast-check';
import pMap from 'p-map';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { roles } from '../../domain/access/roles.ts';
import type { Route } from '../../domain/api/route.ts';
import { allRoutes, callRoute, endings, type Ids, parametersOf, type RawCall } from '../commands/calls.ts';
import { oneOf } from '../commands/json-schema.ts';
import { oddBodies, oddParameters } from '../commands/odd-values.ts';
import { oneOfEach } from '../commands/owned.ts';
import { newPerson, type Person } from '../commands/people.ts';

/** Change it to try others; all of them are tried upon the schemas themselves in test/unit/client/odd-values.test.ts. */
const seed = 2026;
/** Of each route: calls that its schemas take, which is where a service has to bear them, and calls that they refuse. */
const [taken, refused] = [4, 2];

/** Somebody who may do everything, and owns something of everything. */
let person: Person;
let bystander: Person;
let ids: Ids;

beforeAll(async () => {
  [person, bystander] = await Promise.all([
    newPerson({ roles: Object.keys(roles) as (keyof typeof roles)[] }),
    newPerson(),
  ]);
  ids = { ...(await oneOfEach(person)), userId: bystander.userId };
});

interface OddCall extends RawCall {
  /** Whether the route's schemas take it. */
  readonly isTaken: boolean;
}

/** A call for each odd value; the rest of it is as it should be. */
function oddCalls(route: Route): OddCall[] {
  const { params, query } = parametersOf(route, ids);
  const good = { params, query, ...(route.body && { body: oneOf(route.body, seed) }) };
  const takes = (schema: z.ZodType | undefined, value: unknown) => schema?.safeParse(value).success === true;
  return [
    ...(route.body ? oddBodies(route.body, seed) : []).map((odd) => ({
      ...good,
      // As text: an odd body may itself be one.
      body: JSON.stringify(odd),
      isTaken: takes(route.body, odd),
    })),
    ...(route.params ? oddParameters(route.params) : [])
      // These make another path of it, which test/hostile/requests.test.ts tries.
      .filter((odd) => Object.values(odd).every((text) => !/^\.{0,2}$|[/\\#?\0]/.test(text)))
      .map((odd) => ({ ...params, ...odd }))
      .map((odd) => ({ ...good, params: odd, isTaken: takes(route.params, odd) })),
    ...(route.query ? oddParameters(route.query) : [])
      .map((odd) => ({ ...query, ...odd }))
      .map((odd) => ({ ...good, query: odd, isTaken: takes(route.query, odd) })),
  ];
}

/** Some of them, always the same. */
const some = <T>(of: readonly T[], count: number): T[] =>
  fc.sample(
    fc.shuffledSubarray([...of], { minLength: Math.min(count, of.length), maxLength: Math.min(count, of.length) }),
    {
      seed,
      numRuns: 1,
    },
  )[0] ?? [];

describe(`odd parameters (seed ${seed})`, () => {
  it.each(allRoutes)('%s is answered by what it says it answers', async (name, route) => {
    const { token } = endings.some((ending) => ending === name) ? await newPerson() : person;
    const calls = oddCalls(route);
    const tried = [
      ...some(
        calls.filter(({ isTaken }) => isTaken),
        taken,
      ),
      ...some(
        calls.filter(({ isTaken }) => !isTaken),
        refused,
      ),
    ];
    await pMap(tried, (call) => tryOut(route, { ...call, token }), { concurrency: 3 });
  });
});

async function tryOut(route: Route, { isTaken, token, ...call }: OddCall): Promise<void> {
  const told = JSON.stringify(call).slice(0, 500);
  try {
    const { status } = await callRoute(route, { ...call, ...(token && { token }) });
    if (!isTaken) expect(status).toBeGreaterThanOrEqual(400);
  } catch (error) {
    throw new Error(`${told}: ${error}`, { cause: error });
  }
}
