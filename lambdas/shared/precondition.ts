import { type Problem, problem } from '../../domain/api/problems.ts';
import type { Route } from '../../domain/api/route.ts';
import type { Parsed } from './parse.ts';

/** A version as a strong entity tag. */
export const etagOf = (version: number) => `"${version}"`;

/**
 * The version that a call asks for by `If-Match` (RFC 9110, section 13.1.1). `*` asks only that there is a resource, which
 * every route does. Weak tags never match; a list of tags is more than any client of ours has seen.
 */
export function parseIfMatch(route: Route, header: string | undefined): Parsed<number | undefined> {
  if (route.method === 'GET' || route.precondition === undefined || header === undefined || header.trim() === '*')
    return { ok: true, value: undefined };
  const version = /^"([1-9]\d{0,14})"$/.exec(header.trim())?.[1];
  if (version === undefined) return { ok: false, problem: notATag };
  return { ok: true, value: Number(version) };
}

const notATag: Problem = problem('invalid-request', 'If-Match: must be the ETag of an answer, such as "3", or *.', {
  errors: [{ in: 'header', path: 'if-match', message: 'must be the ETag of an answer' }],
});
