import type { Context } from 'hono';
import type { ApiGatewayRequestContextV2 } from 'hono/aws-lambda';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { Hono } from 'hono/tiny';
import { type Caller, decide } from '../../domain/access/policy.ts';
import { addressRange } from '../../domain/api/address.ts';
import {
  isProblem,
  notFoundCode,
  type Problem,
  type ProblemCode,
  problem,
  problems,
} from '../../domain/api/problems.ts';
import type { Route, Routes } from '../../domain/api/route.ts';
import type { UserId } from '../../domain/ids.ts';
import { answerResponse, problemResponse } from './answers.ts';
import type { Call, Service } from './handlers.ts';
import { type KeyedAnswers, onlyOnce, parseIdempotencyKey } from './idempotency.ts';
import { type CheckLimits, policyHeader, standingHeader, tooManyRequests } from './limits.ts';
import type { LogRequest } from './log.ts';
import { type OriginGuard, originHeader, viewerHeader } from './origin-guard.ts';
import { maxBodyBytes, parseBody, parsePart } from './parse.ts';
import { parseIfMatch } from './precondition.ts';
import { comesFromSite } from './same-site.ts';
import { readCookies, type SessionCookies } from './session-cookies.ts';
import type { Identity, Verify } from './verify.ts';

/** What stands between a request and its handler. */
export interface Border {
  readonly guard: OriginGuard;
  readonly verify: Verify;
  readonly checkLimits: CheckLimits;
  readonly keyedAnswers: KeyedAnswers;
  readonly siteOrigin: string;
  readonly cookies: SessionCookies;
  readonly log: LogRequest;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

interface HttpApp {
  Bindings: { readonly requestContext: Pick<ApiGatewayRequestContextV2, 'requestId'> };
  Variables: {
    now: number;
    route?: string;
    videoId?: string;
    problem?: ProblemCode;
    /** Fields of the answer, whatever it is. */
    fields?: Readonly<Record<string, string | undefined>>;
    limitsUnknown?: string;
  };
}
type HttpContext = Context<HttpApp>;

/** The types of one route's parts no longer matter once its registry and its service have been checked against each other. */
type AnyHandler = (call: Call<Route>) => unknown;
type AnyOwner = (id: never) => Promise<UserId | undefined>;

const requestIdOf = (c: HttpContext) => c.env.requestContext.requestId;

function refuse(c: HttpContext, what: Problem): Response {
  c.set('problem', what.code);
  return problemResponse(what, requestIdOf(c));
}

/** A service's HTTP application: `/api` + each route of the registry. */
export function httpApp<const R extends Routes>(routes: R, service: Service<R>, border: Border) {
  const app = new Hono<HttpApp>();

  app.use(async (c, next) => {
    const now = border.clock();
    c.set('now', now);
    await next();
    c.header('x-request-id', requestIdOf(c));
    c.header('cache-control', 'no-store');
    for (const [name, value] of Object.entries(c.var.fields ?? {})) if (value) c.header(name, value);
    const { route = 'none', videoId, problem: code, limitsUnknown } = c.var;
    const record = {
      requestId: requestIdOf(c),
      route,
      method: c.req.method,
      status: c.res.status,
      ms: border.clock() - now,
    };
    border.log(
      {
        ...record,
        ...(videoId && { videoId }),
        ...(code && { problem: code }),
        ...(limitsUnknown !== undefined && { limitsUnknown }),
      },
      c.error,
    );
  });
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } }));
  app.use(async (c, next) =>
    (await border.guard(c.req.header(originHeader), c.var.now))
      ? next()
      : refuse(c, problem('origin-refused', 'This address is not for direct use.')),
  );
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (c) => refuse(c, problem('body-too-large', `A request may have ${maxBodyBytes} bytes.`)),
    }),
  );

  for (const [name, route] of Object.entries(routes)) {
    const path = `/api${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    const handler = service.handlers[name] as AnyHandler;
    const owners = service.owners as Readonly<Record<string, AnyOwner>>;
    app.on(route.method, path, async (c) => {
      c.set('route', name);
      c.set('fields', { 'ratelimit-policy': policyHeader(route.limits) });
      const outcome = await call(c, route, handler, owners, border);
      return isProblem(outcome) ? refuse(c, outcome) : answerResponse(route, outcome);
    });
  }

  app.notFound((c) => refuse(c, problem('route-not-found', 'There is nothing at this address.')));
  app.onError((_, c) =>
    refuse(
      c,
      problem('internal', 'Something went wrong on our side. Try again; name the request id if it fails again.'),
    ),
  );
  return app;
}

/** One call: is it meant, who is it, is it theirs to make, is it well formed, is it one too many; then the handler. */
async function call(
  c: HttpContext,
  route: Route,
  handler: AnyHandler,
  owners: Readonly<Record<string, AnyOwner>>,
  border: Border,
): Promise<unknown> {
  const { now } = c.var;
  const cookies = readCookies(c.req.header('cookie'));
  const write = {
    method: c.req.method,
    origin: c.req.header('origin'),
    secFetchSite: c.req.header('sec-fetch-site'),
    hasBearer: c.req.header('authorization') !== undefined,
    hasSessionCookie: border.cookies.accessName in cookies || border.cookies.refreshName in cookies,
  };
  if (!comesFromSite(write, border.siteOrigin))
    return problem('csrf-refused', 'Writes are taken from the pages of this site only.');

  const params = parsePart('params', route.params, c.req.param());
  if (!params.ok) return params.problem;
  const query = parsePart('query', route.query, c.req.query());
  const named = { ...(query.ok && (query.value as object)), ...(params.value as object) } as Readonly<
    Record<string, string>
  >;
  if (named['videoId']) c.set('videoId', named['videoId']);

  const identity = await border.verify(
    { authorization: c.req.header('authorization'), accessCookie: cookies[border.cookies.accessName] },
    now,
  );
  const refusal = await authorize(route, identity, named, owners);
  // Of a query that names nothing nobody is the owner: whoever is signed in is told what is wrong with it.
  const isUnnamed = !query.ok && route.access.kind === 'owner' && named[route.access.param] === undefined;
  if (refusal && !(isUnnamed && identity.kind === 'caller')) return refusal;

  if (!query.ok) return query.problem;
  const ifMatch = parseIfMatch(route, c.req.header('if-match'));
  if (!ifMatch.ok) return ifMatch.problem;
  const body = await parseBody(route.body, c.req);
  if (!body.ok) return body.problem;
  const key = parseIdempotencyKey(route, c.req.header('idempotency-key'));
  if (!key.ok) return key.problem;

  const caller = identity.kind === 'caller' ? identity.caller : undefined;
  const asked = {
    caller,
    params: params.value,
    query: query.value,
    body: body.value,
    ifMatch: ifMatch.value,
    cookies,
    userAgent: c.req.header('user-agent'),
    now,
    requestId: requestIdOf(c),
  };
  const excess = await countRequest(c, route, caller?.userId, border);
  if (excess) return excess;

  const carryOut = async () => handler(asked as Call<Route>);
  const outcome =
    caller === undefined || key.value === undefined
      ? await carryOut()
      : await keyed(c, { caller, key: key.value, asked: { params: params.value, body: body.value } }, border, carryOut);
  const seen = videoIdOf(outcome);
  if (seen) c.set('videoId', seen);
  // What nobody may see may well be the caller's own: who showed credentials is told first that they have lapsed.
  if (identity.kind === 'refused' && isProblem(outcome) && problems[outcome.code].status === 404)
    return identity.problem;
  return outcome;
}

/** Carries out what has a key, once; a repeated answer says so. */
async function keyed(
  c: HttpContext,
  { caller, key, asked }: { readonly caller: Caller; readonly key: string; readonly asked: unknown },
  { keyedAnswers }: Border,
  carryOut: () => Promise<unknown>,
): Promise<unknown> {
  const { now, route } = c.var;
  const request = { scope: `${caller.userId}#${route}`, key, asked, now };
  const { outcome, isReplay } = await onlyOnce(keyedAnswers, request, carryOut);
  if (isReplay) c.set('fields', { ...c.var.fields, 'idempotency-replayed': 'true' });
  return outcome;
}

/**
 * Counts what would be carried out, and nothing that is refused before: that costs no write. While nobody can be counted
 * everybody is let through, for the limits are no part of anybody's answer (docs/decisions/0022); the log says so.
 */
async function countRequest(
  c: HttpContext,
  { limits }: Route,
  userId: UserId | undefined,
  { checkLimits }: Border,
): Promise<Problem | undefined> {
  const { now, route = '' } = c.var;
  // Only the distribution sets this field; what did not come through it has been refused.
  const viewer = c.req.header(viewerHeader);
  try {
    const address = viewer === undefined ? undefined : addressRange(viewer);
    const standings = await checkLimits(route, limits, { userId, address }, now);
    c.set('fields', { ...c.var.fields, ratelimit: standingHeader(standings) });
    return tooManyRequests(standings);
  } catch (error) {
    c.set('limitsUnknown', String(error));
    return undefined;
  }
}

/** Why the call may not be made, by the policy; undefined if it may. */
async function authorize(
  { access }: Route,
  identity: Identity,
  params: Readonly<Record<string, string>>,
  owners: Readonly<Record<string, AnyOwner>>,
): Promise<Problem | undefined> {
  const caller = identity.kind === 'caller' ? identity.caller : undefined;
  // The parameter has been parsed by the route's own schema, whose type its owner's reader takes.
  const id = access.kind === 'owner' ? params[access.param] : undefined;
  const ownerId =
    access.kind === 'owner' && caller && id !== undefined ? await owners[access.of]?.(id as never) : undefined;
  switch (decide(access, caller, ownerId)) {
    case 'allow':
      return undefined;
    case 'unauthenticated':
      return identity.kind === 'refused' ? identity.problem : problem('unauthenticated', 'Sign in to do this.');
    case 'forbidden':
      return problem('forbidden', 'Your role does not allow this.');
    case 'hidden':
      return problem(
        access.kind === 'owner' ? notFoundCode[access.of] : 'route-not-found',
        'It does not exist, or not for you.',
      );
  }
}

/** The video an answer speaks of, for the log. */
function videoIdOf(outcome: unknown): string | undefined {
  const id = typeof outcome === 'object' && outcome !== null && 'videoId' in outcome ? outcome.videoId : undefined;
  return typeof id === 'string' ? id : undefined;
}
