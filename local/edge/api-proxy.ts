import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { fail } from './cached-site.ts';
import { endToEnd, type Headers } from './headers.ts';
import { type Origin, statusOfFailure } from './origin.ts';
import { viewerGone } from './viewer.ts';

/** The fields in which the API looks for the distribution's secret and for the viewer's address. */
const secretField = 'x-sluice-origin';
const viewerField = 'x-sluice-viewer-address';

/** Fields that only the distribution may set; a viewer's own are dropped. */
const isOurs = (name: string) =>
  name === 'host' ||
  name === secretField ||
  name === viewerField ||
  name.startsWith('cloudfront-') ||
  name.startsWith('x-forwarded-');

/** The API behind the distribution: nothing is kept, bodies are streamed both ways, and the secret is added. */
export function apiProxy(origin: Origin, secret: string) {
  return async (path: string, request: IncomingMessage, response: ServerResponse, own: Headers): Promise<void> => {
    const { remoteAddress = '127.0.0.1' } = request.socket;
    const viewers = Object.fromEntries(Object.entries(endToEnd(request.headers)).filter(([name]) => !isOurs(name)));
    const hasBody =
      request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
    try {
      const answer = await origin({
        method: request.method ?? 'GET',
        path,
        headers: {
          ...viewers,
          [secretField]: secret,
          'x-forwarded-for': remoteAddress,
          [viewerField]: remoteAddress,
        },
        ...(hasBody ? { body: request } : {}),
        signal: viewerGone(response),
      });
      const cookies = answer.cookies.length ? { 'set-cookie': [...answer.cookies] } : {};
      response.writeHead(answer.status, { ...answer.headers, ...own, ...cookies, 'x-cache': 'Miss from sluice-edge' });
      await pipeline(answer.body, response);
    } catch (error) {
      if (response.headersSent || response.destroyed) throw error;
      fail(response, statusOfFailure(error), own);
    }
  };
}
