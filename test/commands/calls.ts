import { randomUUID } from 'node:crypto';
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { ApiError, urlOf } from '../../client/client.ts';
import { registry } from '../../client/registry.ts';
import { ProblemDocument } from '../../domain/api/problems.ts';
import type { Route } from '../../domain/api/route.ts';
import { newPictureId, newPlaylistId, newUploadId, newVideoId } from '../../platform/ids.ts';
import { localCloud } from './local-cloud.ts';

/** Every route of every service, by a name to show. */
export const allRoutes: readonly (readonly [string, Route])[] = Object.entries(registry).flatMap(([service, routes]) =>
  Object.entries(routes).map(([name, route]) => [`${service}.${name}`, route] as const),
);

/** Ids and names of things that are not there, for each parameter that a path may have. */
export const unknownIds = (): Record<string, string> => ({
  videoId: newVideoId(),
  uploadId: newUploadId(),
  pictureId: newPictureId(),
  playlistId: newPlaylistId(),
  userId: randomUUID(),
  name: 'en-subtitles',
});

/** The id of what a route protects, where its path does not take it. */
function idsInQuery({ access, path }: Route, params: Readonly<Record<string, string>>): Record<string, string> {
  if (access.kind !== 'owner' || path.includes(`{${access.param}}`)) return {};
  return { [access.param]: params[access.param] ?? '' };
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
  /** Of an answer that is no success. */
  readonly problem: ProblemDocument | undefined;
}

/** @throws Error unless the answer is a success or a problem document that is the caller's fault. */
export async function callRoute(route: Route, call: RawCall = {}): Promise<RawAnswer> {
  const { token, body = {}, baseUrl = localCloud().site } = call;
  const params = { ...unknownIds(), ...call.params };
  const { query = idsInQuery(route, params) } = call;
  const answer = await fetch(urlOf(baseUrl, route, { params, query }), {
    method: route.method,
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...call.headers,
    },
    ...(route.method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const { status, headers } = answer;
  if (answer.ok) return { status, headers, problem: undefined };
  const text = await answer.text();
  if (status >= 500 || headers.get('content-type') !== 'application/problem+json') throw new Error(`${status} ${text}`);
  const problem = ProblemDocument.parse(JSON.parse(text));
  if (problem.status !== status) throw new Error(`a document of ${problem.status} comes with ${status}`);
  return { status, headers, problem };
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
