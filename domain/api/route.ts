import type * as z from 'zod';
import type { Access } from '../access/policy.ts';
import type { Limits } from './limits.ts';
import type { ProblemCode } from './problems.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer without a body. */
export const nothing = Symbol('nothing');

/**
 * One route as data. API Gateway's routes and throttles, the OpenAPI document, the typed client and the
 * authorization tests are made from these. `path` is under `/api` and names its parameters in braces.
 */
export interface Route {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly summary: string;
  readonly access: Access;
  /** API Gateway's throttle of the route: requests a second over all callers, and the burst above it. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** What one caller may ask of it. */
  readonly limits: Limits;
  /**
   * The answer's `version` is its ETag, and a call may ask by `If-Match` (RFC 9110, section 13.1.1) that the resource still
   * has the version it has seen; if not, `version-conflict`. Without the header the last writer wins. Reads take no header.
   */
  readonly precondition?: 'version';
  /**
   * A call may name itself by `Idempotency-Key`: with the same key it is carried out once, and answered alike for a day. For
   * routes that make something for somebody who is signed in, and whose answer sets no cookies.
   */
  readonly idempotency?: 'key';
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The success answer: its status and the schema of its body. */
  readonly answer: { readonly status: 200 | 201 | 202 | 204; readonly body: z.ZodType | typeof nothing };
  /** What may go wrong beyond what every route may answer (invalid-request, unauthenticated, …). */
  readonly problems: readonly ProblemCode[];
}

export type Routes = Readonly<Record<string, Route>>;

/** Declares one route, keeping its literal types. */
export const route = <const R extends Route>(r: R): R => r;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Sent<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a handler is given, parsed. */
export type ParamsOf<R extends Route> = Parsed<R['params']>;
export type QueryOf<R extends Route> = Parsed<R['query']>;
export type BodyOf<R extends Route> = Parsed<R['body']>;
/** What a client sends, before parsing. */
export type SentParams<R extends Route> = Sent<R['params']>;
export type SentQuery<R extends Route> = Sent<R['query']>;
export type SentBody<R extends Route> = Sent<R['body']>;
/** What a handler returns and a client gets. */
export type AnswerOf<R extends Route> = R['answer']['body'] extends z.ZodType
  ? z.output<R['answer']['body']>
  : undefined;
