import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { AwsV4Signer } from 'aws4fetch';
import type { Signature } from './signed-origin.ts';

/** As long as a list of paths may be. */
const maxBytes = 256 * 1024;
/** AWS takes a signature of the last five minutes. */
const validMs = 5 * 60_000;

export const isInvalidation = (method: string | undefined, path: string): boolean =>
  method === 'POST' && /^\/2020-05-31\/distribution\/[^/]+\/invalidation$/.test(path);

const unescaped = (xml: string) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** When a request was signed, in ms since the epoch; NaN if it does not say. */
const signedAt = (date: string) =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Whether whoever holds the secret key has signed exactly this request, just now (Signature Version 4). */
async function isSigned(request: IncomingMessage, body: string, signature: Signature): Promise<boolean> {
  const { authorization = '', host = '', 'x-amz-date': date } = request.headers;
  const named = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  if (typeof date !== 'string' || !(Math.abs(Date.now() - signedAt(date)) < validMs)) return false;
  const headers = Object.fromEntries(
    named.filter((name) => name !== 'host').map((name) => [name, String(request.headers[name] ?? '')]),
  );
  const signer = new AwsV4Signer({
    ...signature,
    service: 'cloudfront',
    region: 'us-east-1',
    method: 'POST',
    url: `http://${host}${request.url}`,
    headers,
    body,
    datetime: date,
  });
  return (await signer.authHeader()) === authorization;
}

/** CloudFront's CreateInvalidation, as far as the platform uses it: done at once, for those who hold the cloud's own key. */
export function invalidations(signature: Signature, forget: (pattern: string) => void) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, body: string) => {
      response.writeHead(status, {
        'content-type': 'text/xml',
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
      });
      response.end(body);
    };
    if (!(Number(request.headers['content-length']) <= maxBytes)) return answer(413, '');
    const body = await text(request);
    if (!(await isSigned(request, body, signature)))
      return answer(403, '<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code></Error></ErrorResponse>');
    for (const [, path = ''] of body.matchAll(/<Path>([^<]+)<\/Path>/g)) forget(unescaped(path));
    answer(201, '<Invalidation><Status>Completed</Status></Invalidation>');
  };
}
