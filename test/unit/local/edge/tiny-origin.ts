import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpOrigin } from '../../../../local/edge/origin.ts';
import { responseHeaders } from '../../../../local/edge/response-headers.ts';
import { siteServer } from '../../../../local/edge/site.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A tiny origin that answers as told and remembers what it was asked, with the edge in front of it. */
export interface TinySite {
  readonly url: string;
  readonly asked: IncomingMessage[];
  answer: Answer;
  readonly close: () => Promise<void>;
  readonly stopOrigin: () => Promise<void>;
}

const listening = (server: ReturnType<typeof createServer>) =>
  new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
const closed = (server: ReturnType<typeof createServer>) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

export async function tinySite(
  answer: Answer,
  cache = { totalBytes: 1_000_000, objectBytes: 100_000 },
): Promise<TinySite> {
  const asked: IncomingMessage[] = [];
  const origin = createServer((request, response) => {
    asked.push(request);
    site.answer(request, response);
  });
  const originUrl = await listening(origin);
  const edge = siteServer({
    api: httpOrigin(`${originUrl}/deployed`),
    originSecret: 'the-secret',
    media: httpOrigin(`${originUrl}/media-bucket`),
    web: httpOrigin(`${originUrl}/web-bucket`),
    rewrite: async (_method, path) => ({ path: path.includes('.') ? path : '/index.html' }),
    responseHeaders: responseHeaders('https://uploads.example'),
    cache,
  });
  const site: TinySite = {
    url: await listening(edge),
    asked,
    answer,
    close: async () => {
      await closed(edge);
      await closed(origin);
    },
    stopOrigin: () => closed(origin),
  };
  return site;
}

/** An object as S3 answers it. */
export const object =
  (body: string, headers: Record<string, string> = {}): Answer =>
  (request, response) => {
    if (headers['etag'] && request.headers['if-none-match'] === headers['etag']) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { 'content-length': Buffer.byteLength(body), 'content-type': 'video/mp4', ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
