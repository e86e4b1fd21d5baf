import pMap from 'p-map';
import { type Decision, decide } from '../../domain/access/policy.ts';
import { notFoundCode, problems } from '../../domain/api/problems.ts';
import type { Route } from '../../domain/api/route.ts';
import { type CallerKind, type Callers, callerKinds, isBad, refusals, type TestCaller } from './callers.ts';
import type { Ids, RawAnswer, RawCall } from './calls.ts';
import { callRoute } from './calls.ts';
import { ownedThings } from './owned.ts';
import { signedIn } from './people.ts';

/**
 * How a call ends for somebody: `ok` if it gets past the policy, whatever the service then makes of it, or else the
 * status of the policy's refusal. Nothing is meant to end in a fault.
 */
export type Outcome = 'ok' | '401' | '403' | '404' | `fault: ${string}`;
export type Row = Readonly<Record<CallerKind, Outcome>>;

const statusOf: Readonly<Record<Decision, Outcome>> = {
  allow: 'ok',
  unauthenticated: '401',
  forbidden: '403',
  hidden: '404',
};

/** What the registry's policy says of a route, for everybody. */
export function expectedRow({ access }: Route, callers: Callers): Row {
  const ownerId = callers.owner.caller?.userId;
  const expected = (kind: CallerKind): Outcome => {
    if (isBad(kind) && access.kind !== 'anyone') return `${problems[refusals[kind]].status}` as Outcome;
    return statusOf[decide(access, callers[kind].caller, ownerId)];
  };
  return rowOf(expected);
}

export const rowOf = (outcome: (kind: CallerKind) => Outcome): Row =>
  Object.fromEntries(callerKinds.map((kind) => [kind, outcome(kind)])) as Record<CallerKind, Outcome>;

/** How the policy refuses. A service may have the same words for what it finds out itself, if the route says so. */
function outcomeOf({ access, problems: known }: Route, kind: CallerKind, answer: RawAnswer | Error): Outcome {
  if (answer instanceof Error) return `fault: ${answer.message}`;
  const { problem } = answer;
  if (problem === undefined) return 'ok';
  const { code, status } = problem;
  // Whoever showed credentials is told first that they have lapsed, if what they may see is not there.
  if (access.kind === 'anyone' && (known.includes(code) || (isBad(kind) && code === refusals[kind]))) return 'ok';
  const isRefusal =
    ['unauthenticated', 'session-ended', 'suspended', 'forbidden', 'route-not-found'].includes(code) ||
    (access.kind === 'owner' && code === notFoundCode[access.of]);
  return isRefusal ? (`${status}` as Outcome) : 'ok';
}

/** A call that gets as far as the policy and no further, if it can be said: whoever is let by is told what is wrong with it. */
function harmless(route: Route): Pick<RawCall, 'body' | 'headers'> | undefined {
  if (route.method === 'GET') return {};
  if (route.body) return { body: '0' };
  return route.precondition ? { headers: { 'if-match': 'no tag' } } : undefined;
}

export interface Answers {
  readonly row: Row;
  readonly answers: Readonly<Record<CallerKind, RawAnswer | Error>>;
  /** Of a route that protects something: what the other creator hears of a thing that is not there. */
  readonly unknown: RawAnswer | Error | undefined;
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

/** Services that are called at the same time. Of one service one call after the other: more would start more of it. */
const concurrency = 8;

/**
 * Calls every route as everybody. `ids` name what the owner has, and a bystander. Calls that do something come after
 * the others, each by a session and upon things that are not needed again.
 */
export async function callAll(
  routes: readonly (readonly [string, Route])[],
  callers: Callers,
  ids: Ids,
): Promise<ReadonlyMap<string, Answers>> {
  const all = routes.flatMap(([name, route]) => callerKinds.map((kind) => ({ name, route, kind })));
  const isEarly = ({ route, kind }: (typeof all)[number]) =>
    harmless(route) !== undefined || expectedRow(route, callers)[kind] !== 'ok';
  const answers = new Map<string, RawAnswer | Error>();
  const unknown = new Map<string, RawAnswer | Error>();
  const keep = ({ name, kind }: (typeof all)[number], answer: RawAnswer | Error) =>
    answers.set(`${name} ${kind}`, answer);

  await pMap(
    Map.groupBy(all.filter(isEarly), ({ name }) => name.split('.')[0]),
    async ([, ofOneService]) => {
      for (const one of ofOneService) {
        const { token } = callers[one.kind];
        const call = { ...harmless(one.route), ...(token && { token }) };
        keep(one, await callRoute(one.route, { params: ids, ...call }).catch(asError));
        if (one.kind === 'creator' && one.route.access.kind === 'owner')
          unknown.set(one.name, await callRoute(one.route, call).catch(asError));
      }
    },
    { concurrency },
  );
  // What ends a person's account, if anything here does, has the shortest path.
  const late = all.filter((one) => !isEarly(one)).sort((a, b) => b.route.path.length - a.route.path.length);
  for (const one of late) keep(one, await callForGood(one.route, callers[one.kind], callers, ids).catch(asError));

  return new Map(
    routes.map(([name, route]) => {
      const of = (kind: CallerKind) => answers.get(`${name} ${kind}`) ?? new Error('it was not called');
      const row = rowOf((kind) => outcomeOf(route, kind, of(kind)));
      const each = Object.fromEntries(callerKinds.map((kind) => [kind, of(kind)])) as Answers['answers'];
      return [name, { row, answers: each, unknown: unknown.get(name) }];
    }),
  );
}

async function callForGood(route: Route, { person, token }: TestCaller, callers: Callers, ids: Ids) {
  const spare = person ? (await signedIn(person)).token : token;
  const { owner } = callers;
  const { access } = route;
  const things = access.kind === 'owner' && owner.person ? await ownedThings[access.of](owner.person) : {};
  return callRoute(route, { params: { ...ids, ...things }, ...(spare && { token: spare }) });
}
