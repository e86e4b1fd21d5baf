import { type Problem, type ProblemDocument, problems } from '../../domain/api/problems.ts';
import { nothing, type Route } from '../../domain/api/route.ts';
import { etagOf } from './precondition.ts';

/** An answer that sets cookies beside its body. */
export class Answer<Body> {
  readonly body: Body;
  /** `Set-Cookie` lines. */
  readonly cookies: readonly string[];
  constructor(body: Body, cookies: readonly string[]) {
    this.body = body;
    this.cookies = cookies;
  }
}

/** The success answer. Its body is parsed by the route's own schema, so that no field leaves that it does not name. */
export function answerResponse(route: Route, outcome: unknown): Response {
  const { body, cookies } = outcome instanceof Answer ? outcome : new Answer(outcome, []);
  const headers = new Headers(cookies.map((cookie) => ['set-cookie', cookie]));
  const { status, body: schema } = route.answer;
  const version = versionOf(body);
  if (route.precondition === 'version' && version !== undefined) headers.set('etag', etagOf(version));
  return schema === nothing
    ? new Response(null, { status, headers })
    : Response.json(schema.parse(body), { status, headers });
}

/** The version that an answer tells of its resource. */
function versionOf(body: unknown): number | undefined {
  const version = typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined;
  return typeof version === 'number' ? version : undefined;
}

/** A problem document (RFC 9457, section 3). */
export function problemResponse(problem: Problem, requestId: string): Response {
  const { status, title } = problems[problem.code];
  const document: ProblemDocument = {
    ...problem.extra,
    type: `urn:problem-type:sluice:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.detail,
    requestId,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  // RFC 9110, section 11.6.1: a 401 names the scheme that would help. `Bearer` opens no dialog in a browser.
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="sluice"');
  const { retryAfterSeconds = 1 } = problem.extra;
  if (status === 429 || status === 503) headers.set('retry-after', String(retryAfterSeconds));
  return new Response(JSON.stringify(document), { status, headers });
}
