import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fresh from 'fresh';
import parseRange from 'range-parser';
import type { Headers } from './headers.ts';
import type { SharedBody } from './shared-body.ts';
import { viewerGone } from './viewer.ts';

/** A whole 200 answer, of which a viewer may want only a part, or only to know that it has not changed. */
export interface Whole {
  readonly headers: Headers;
  /** What the site adds to whatever it answers. */
  readonly own: Headers;
  readonly body: SharedBody;
}

/** A 304 repeats the fields that a 200 would have had and a cache needs (RFC 9110, section 15.4.5). */
const inNotModified = [
  'age',
  'cache-control',
  'content-location',
  'date',
  'etag',
  'expires',
  'last-modified',
  'vary',
  'via',
  'x-cache',
];

/** Answers a viewer's GET or HEAD: conditions first, then the range (RFC 9110, section 13.2.2). */
export async function deliver(
  { headers, own, body }: Whole,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { 'if-none-match': noneMatch, 'if-modified-since': modifiedSince } = request.headers;
  if (fresh({ 'if-none-match': noneMatch, 'if-modified-since': modifiedSince }, headers)) {
    const kept = Object.entries(headers).filter(([name]) => inNotModified.includes(name));
    response.writeHead(304, { ...Object.fromEntries(kept), ...own });
    response.end();
    return;
  }
  const wanted = rangeOf(request, headers, body.sizeBytes);
  if (wanted === 'unsatisfiable') {
    response.writeHead(416, {
      ...own,
      'content-range': `bytes */${body.sizeBytes}`,
      'cache-control': 'no-store',
      'content-length': 0,
    });
    response.end();
    return;
  }
  const { start, end } = wanted ?? { start: 0, end: body.sizeBytes - 1 };
  const partial = wanted && { 'content-range': `bytes ${start}-${end}/${body.sizeBytes}` };
  response.writeHead(partial ? 206 : 200, {
    ...headers,
    ...own,
    'accept-ranges': 'bytes',
    ...partial,
    'content-length': end - start + 1,
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(Readable.from(body.read(start, end, viewerGone(response)), { objectMode: false }), response);
}

/** One range of bytes; undefined for the whole, also where a server may answer the whole: several ranges, other units. */
function rangeOf(
  request: IncomingMessage,
  headers: Headers,
  sizeBytes: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const { range, 'if-range': condition } = request.headers;
  if (range === undefined || request.method !== 'GET') return undefined;
  if (
    condition !== undefined &&
    condition !== headers['last-modified'] &&
    !isStrongMatch(String(condition), headers['etag'])
  )
    return undefined;
  const ranges = parseRange(sizeBytes, range);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  return ranges[0];
}

const isStrongMatch = (sent: string, etag: string | undefined) => sent === etag && !sent.startsWith('W/');
