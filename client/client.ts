import {
  type AnswerOf,
  nothing,
  type Route,
  type Routes,
  type SentBody,
  type SentParams,
  type SentQuery,
} from '../domain/api/route.ts';
import { apiError } from './api-error.ts';
import { type Registry, registry } from './registry.ts';

export { ApiError } from './api-error.ts';

/** API Gateway gives up after 30 s; so do we, a little later. */
const timeoutMs = 35_000;

export interface ClientOptions {
  /** Where the site is: `/api/…` is appended. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Sent with each request: a bearer token. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A part of a request: absent, optional if all of it is, else required. */
type Part<Name extends string, Sent> = [Sent] extends [undefined]
  ? unknown
  : Record<never, never> extends Sent
    ? { readonly [N in Name]?: Sent }
    : { readonly [N in Name]: Sent };

type Input<R extends Route> = Part<'params', SentParams<R>> &
  Part<'query', SentQuery<R>> &
  Part<'body', SentBody<R>> &
  (R['precondition'] extends 'version' ? { readonly ifMatch?: number } : unknown) &
  (R['idempotency'] extends 'key' ? { readonly idempotencyKey?: string } : unknown) & { readonly signal?: AbortSignal };

/** One route as a function. What may be left out altogether need not be given. */
type Call<R extends Route> =
  Record<never, never> extends Input<R>
    ? (input?: Input<R>) => Promise<AnswerOf<R>>
    : (input: Input<R>) => Promise<AnswerOf<R>>;

type Service<R extends Routes> = { readonly [Name in keyof R]: Call<R[Name]> };
export type SluiceClient = { readonly [Name in keyof Registry]: Service<Registry[Name]> };

interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** The version that the caller has seen. */
  readonly ifMatch?: number;
  /** By which a call that is repeated is known; who repeats it gives the same one again. Without it the call has one of its own. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * The API as functions, one for each route. A refusal throws `ApiError`; no answer at all throws what `fetch` throws
 * (`TypeError`, or a `TimeoutError` after 35 s); an answer that is not as its route says throws a `ZodError`.
 */
export function sluiceClient(options: ClientOptions): SluiceClient {
  const service = (routes: Routes) =>
    Object.fromEntries(
      Object.entries(routes).map(([name, route]) => [name, (input: AnyInput = {}) => send(options, route, input)]),
    );
  return Object.fromEntries(
    Object.entries(registry).map(([name, routes]) => [name, service(routes)]),
  ) as unknown as SluiceClient;
}

async function send(options: ClientOptions, route: Route, input: AnyInput): Promise<unknown> {
  const headers = new Headers(options.headers);
  headers.set('accept', 'application/json, application/problem+json');
  const timeout = AbortSignal.timeout(timeoutMs);
  const request: RequestInit = {
    method: route.method,
    headers,
    signal: input.signal ? AbortSignal.any([input.signal, timeout]) : timeout,
  };
  if (input.ifMatch !== undefined) headers.set('if-match', `"${input.ifMatch}"`);
  if (route.idempotency !== undefined)
    headers.set('idempotency-key', `"${input.idempotencyKey ?? crypto.randomUUID()}"`);
  if (route.body !== undefined) {
    headers.set('content-type', 'application/json');
    request.body = JSON.stringify(input.body ?? {});
  }
  const answer = await (options.fetch ?? fetch)(urlOf(options.baseUrl, route, input), request);
  if (!answer.ok) throw await apiError(answer);
  return route.answer.body === nothing ? undefined : route.answer.body.parse(await answer.json());
}

/** The address of a call. */
export function urlOf(
  baseUrl: string,
  route: Pick<Route, 'path'>,
  { params = {}, query = {} }: Pick<AnyInput, 'params' | 'query'>,
): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return `${baseUrl.replace(/\/$/, '')}/api${path}${search.size > 0 ? `?${search}` : ''}`;
}
