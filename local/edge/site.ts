import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { apiProxy } from './api-proxy.ts';
import { type CacheLimits, cacheOf } from './cache.ts';
import { cachedSite, fail } from './cached-site.ts';
import { invalidations, isInvalidation } from './invalidations.ts';
import type { Origin } from './origin.ts';
import type { ResponseHeaders } from './response-headers.ts';
import type { Rewritten } from './viewer-request.ts';

export interface SiteParts {
  readonly api: Origin;
  readonly originSecret: string;
  readonly media: Origin;
  readonly web: Origin;
  /** The distribution's function for requests of the web app. */
  readonly rewrite: (method: string, path: string) => Promise<Rewritten>;
  readonly responseHeaders: ResponseHeaders;
  readonly cache: CacheLimits;
}

/** One origin of web app, API and media, as the distribution makes it (lib/stacks/delivery.ts). */
export function siteServer(parts: SiteParts): Server {
  const caches = { media: cacheOf(parts.media, parts.cache), web: cacheOf(parts.web, parts.cache) };
  const media = cachedSite(parts.media, caches.media);
  const web = cachedSite(parts.web, caches.web);
  const invalidate = invalidations((pattern) => {
    for (const cache of Object.values(caches)) cache.forget(pattern);
  });
  const api = apiProxy(parts.api, parts.originSecret);
  const via = { via: '1.1 sluice-edge' };
  const own = { ...parts.responseHeaders.site, ...via };
  const apiOwn = { ...parts.responseHeaders.api, ...via };
  const mediaOwn = { ...parts.responseHeaders.media, ...via };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = safeUrl(request.url);
    if (!url) return fail(response, 400, own);
    const { pathname, search } = url;
    if (pathname.startsWith('/api/')) return api(pathname + search, request, response, apiOwn);
    if (isInvalidation(request.method, pathname)) return invalidate(request, response);
    if (pathname.startsWith('/media/')) return media(pathname, request, response, mediaOwn);
    const rewritten = await parts.rewrite(request.method ?? 'GET', pathname);
    if ('path' in rewritten) return web(rewritten.path, request, response, own);
    response.writeHead(rewritten.status, { ...rewritten.headers, ...own, 'content-length': 0 });
    response.end();
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A viewer who leaves is no fault; an origin that breaks off can only be passed on by breaking off too.
      if (!response.destroyed) console.error(`${request.method} ${request.url}:`, error);
      response.destroy();
    });
  });
}

/** The request's path without dot segments; undefined for one that may mean another place once it is decoded. */
function safeUrl(target: string | undefined): URL | undefined {
  if (!target?.startsWith('/') || !URL.canParse(`http://edge${target}`)) return undefined;
  const url = new URL(`http://edge${target}`);
  try {
    const decoded = decodeURIComponent(url.pathname);
    return /(^|\/)\.\.?(\/|$)|\\|\0/.test(decoded) ? undefined : url;
  } catch {
    return undefined;
  }
}
