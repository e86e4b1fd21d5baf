import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { ApiError, urlOf } from '../../client/client.ts';
import { type Registry, registry } from '../../client/registry.ts';
import { ProblemDocument } from '../../domain/api/problems.ts';
import { nothing, type Route } from '../../domain/api/route.ts';
import { oneOf, sentSchema } from './json-schema.ts';
import { localCloud } from './local-cloud.ts';
import { textsOf } from './odd-values.ts';
import { someViewer } from './viewers.ts';

/** Every route of every service, by a name to show. */
export const allRoutes: readonly (readonly [string, Route])[] = Object.entries(registry).flatMap(([service, routes]) =>
  Object.entries(routes).map(([name, route]) => [`${service}.${name}`, route] as const),
);

export type RouteName = {
  [Service in keyof Registry & string]: `${Service}.${keyof Registry[Service] & string}`;
}[keyof Registry];

/** After these a caller's token is good for nothing. */
export const endings: readonly RouteName[] = ['auth.logout', 'auth.endSessions'];

export type Ids = Readonly<Record<string, string>>;

interface Parameters {
  readonly params: Ids;
  readonly query: Ids;
}

/** What a route must be told beside its body: the ids that are known, and else values of the right form that name nothing. */
export function parametersOf(route: Route, known: Ids = {}): Parameters {
  const { params, query } = ofNothing(route);
  const kept = (ids: Ids) => Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, known[name] ?? id]));
  return { params: kept(params), query: kept(query) };
}

const made = new Map<Route, Parameters>();

function ofNothing(route: Route): Parameters {
  const before = made.get(route);
  if (before) return before;
  const mustHave = route.query ? (sentSchema(route.query).required ?? []) : [];
  const inQuery = route.query ? textsOf(oneOf(route.query)) : {};
  const query = Object.fromEntries(mustHave.map((name) => [name, inQuery[name] ?? '']));
  const parameters = { params: route.params ? textsOf(oneOf(route.params)) : {}, query };
  made.set(route, parameters);
  return parameters;
}

/** A call past the typed client: what a client of ours would never send. */
export interface RawCall {
  readonly token?: string;
  /** Those that are not given are of things that are not there. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** What `JSON.stringify` makes the body of; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly baseUrl?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Of a success: parsed by the route's own schema. */
  readonly body: unknown;
  /** Of an answer that is no success. */
  readonly problem: ProblemDocument | undefined;
}

/**
 * @throws Error unless the answer is a success just as the route says, or a problem document that is the caller's fault.
 */
export async function callRoute(route: Route, call: RawCall = {}): Promise<RawAnswer> {
  const { token, body = {}, baseUrl = localCloud().site } = call;
  const { params, query } = parametersOf(route, call.params);
  const answer = await someViewer()(urlOf(baseUrl, route, { params, query: call.query ?? query }), {
    method: route.method,
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...call.headers,
    },
    ...(route.method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const { status, headers } = answer;
  const text = await answer.text();
  if (answer.ok) return { status, headers, body: successOf(route, status, text), problem: undefined };
  if (status >= 500 || headers.get('content-type') !== 'application/problem+json') throw new Error(`${status} ${text}`);
  const problem = ProblemDocument.parse(JSON.parse(text));
  if (problem.status !== status) throw new Error(`a document of ${problem.status} comes with ${status}`);
  return { status, headers, body: undefined, problem };
}

function successOf({ answer }: Route, status: number, text: string): unknown {
  if (status !== answer.status) throw new Error(`a success is ${answer.status} here, not ${status}`);
  if (answer.body !== nothing) return answer.body.parse(JSON.parse(text));
  if (text !== '') throw new Error(`nothing was to be answered, and not ${text.slice(0, 100)}`);
  return undefined;
}

/** What a call of the typed client is refused with. @throws Error if it is not. */
export const refusalOf = (call: Promise<unknown>): Promise<ProblemDocument> =>
  call.then(
    (answer) => {
      throw new Error(`it was answered: ${JSON.stringify(answer)}`);
    },
    (error: unknown) => {
      if (error instanceof ApiError && error.status < 500) return error.problem;
      throw error;
    },
  );

/** A request to the site whose target goes over the line exactly as it is given. */
export function rawRequest(
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
): Promise<{ status: number; body: Buffer }> {
  const { hostname, port } = new URL(localCloud().site);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
    });
    request.once('error', reject);
    request.end();
  });
}
