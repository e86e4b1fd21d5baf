import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Cache } from './cache.ts';
import { deliver } from './deliver.ts';
import type { Headers } from './headers.ts';
import { type Origin, statusOfFailure } from './origin.ts';
import { viewerGone } from './viewer.ts';

/** Answers a viewer's request for the object at `path` of the origin. `own` are the fields that the site adds. */
export type Serve = (path: string, request: IncomingMessage, response: ServerResponse, own: Headers) => Promise<void>;

/** What a viewer may say of the part or the version that they want. */
const passedOn = ['range', 'if-range', 'if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since'];

/** Objects behind a cache: GET and HEAD; what is missing or fails is never kept, here or by the viewer. */
export function cachedSite(origin: Origin, { find }: Pick<Cache, 'find'>): Serve {
  async function passThrough(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    own: Headers,
  ): Promise<void> {
    const headers = Object.fromEntries(
      passedOn.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]])),
    );
    const answer = await origin({ method: request.method ?? 'GET', path, headers, signal: viewerGone(response) });
    const noStore = answer.status >= 400 ? { 'cache-control': 'no-store' } : {};
    response.writeHead(answer.status, { ...answer.headers, ...own, ...noStore, 'x-cache': 'Miss from sluice-edge' });
    await pipeline(answer.body, response);
  }

  return async (path, request, response, own) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...own, allow: 'GET, HEAD', 'content-length': 0 });
      response.end();
      return;
    }
    const found = await find(path);
    if (found.kind === 'whole') {
      const headers = { ...found.headers, 'x-cache': `${found.result} from sluice-edge` };
      await deliver({ headers, own, body: found.body }, request, response);
    } else if (found.kind === 'bypass') {
      await passThrough(path, request, response, own).catch((error: unknown) => {
        if (response.headersSent) throw error;
        fail(response, statusOfFailure(error), own);
      });
    } else {
      const { 'content-type': type = 'text/plain', location, 'retry-after': retryAfter } = found.headers;
      response.writeHead(found.status, {
        ...own,
        ...(location === undefined ? {} : { location }),
        ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
        'content-type': type,
        'content-length': found.body.length,
        'cache-control': 'no-store',
        'x-cache': 'Error from sluice-edge',
      });
      response.end(request.method === 'HEAD' ? undefined : found.body);
    }
  };
}

export function fail(response: ServerResponse, status: number, own: Headers): void {
  response.writeHead(status, {
    ...own,
    'content-length': 0,
    'cache-control': 'no-store',
    'x-cache': 'Error from sluice-edge',
  });
  response.end();
}
