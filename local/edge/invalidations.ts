import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** As long as a list of paths may be. */
const maxBytes = 256 * 1024;

export const isInvalidation = (method: string | undefined, path: string): boolean =>
  method === 'POST' && /^\/2020-05-31\/distribution\/[^/]+\/invalidation$/.test(path);

const unescaped = (xml: string) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/**
 * CloudFront's CreateInvalidation, as far as the platform uses it, done at once. It asks for a signed request, which no page of
 * another site can make a browser send, and cannot verify it: each function of the local cloud has a key of its own. Whoever else is
 * on this machine can do no more by it than have copies read anew.
 */
export const invalidations =
  (forget: (pattern: string) => void) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, body: string) => {
      response.writeHead(status, {
        'content-type': 'text/xml',
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
      });
      response.end(body);
    };
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))
      return answer(403, '<ErrorResponse><Error><Code>MissingAuthenticationToken</Code></Error></ErrorResponse>');
    if (!(Number(request.headers['content-length']) <= maxBytes)) return answer(413, '');
    for (const [, path = ''] of (await text(request)).matchAll(/<Path>([^<]+)<\/Path>/g)) forget(unescaped(path));
    answer(201, '<Invalidation><Status>Completed</Status></Invalidation>');
  };
