import { Readable } from 'node:stream';
import CachePolicy from 'http-cache-semantics';
import { LRUCache } from 'lru-cache';
import type { Headers } from './headers.ts';
import { type Origin, type OriginAnswer, statusOfFailure } from './origin.ts';
import { SharedBody } from './shared-body.ts';

/** Whether the viewer's answer came from the cache, in the distribution's words. */
export type CacheResult = 'Hit' | 'Miss' | 'RefreshHit';

export type Found =
  /** The whole object, from the cache or on its way into it. */
  | { readonly kind: 'whole'; readonly headers: Headers; readonly body: SharedBody; readonly result: CacheResult }
  /** Anything but 200: to be passed on and never kept. */
  | { readonly kind: 'error'; readonly status: number; readonly headers: Headers; readonly body: Buffer }
  /** Not to be kept (no-store, or too large for memory): each viewer's request goes to the origin by itself. */
  | { readonly kind: 'bypass' };

interface Entry {
  readonly policy: CachePolicy;
  readonly body: SharedBody;
}

interface Transfer {
  readonly found: Promise<Found>;
  body?: SharedBody;
}

export interface CacheLimits {
  readonly totalBytes: number;
  readonly objectBytes: number;
}

/** Bookkeeping beside an entry's body. */
const entryBytes = 2048;
/** Of an error's body we pass on this much at most. */
const errorBytes = 64 * 1024;
/** How long a path stays known as one not to be kept. */
const rememberedMs = 60_000;

export interface Cache {
  readonly find: (path: string) => Promise<Found>;
  /** Forgets what is kept of a path, or, with `*` at its end, of all that begin so; what is on its way is not kept either. */
  readonly forget: (pattern: string) => void;
}

/**
 * A shared cache of an origin's GETs by path (RFC 9111, with stale-while-revalidate and stale-if-error of RFC 5861).
 * Simultaneous requests for one path are one request to the origin. Like the distribution it follows the origin's
 * directives and not the viewer's.
 */
export function cacheOf(origin: Origin, limits: CacheLimits): Cache {
  const entries = new LRUCache<string, Entry>({
    maxSize: limits.totalBytes,
    maxEntrySize: limits.objectBytes + entryBytes,
    sizeCalculation: ({ body }) => body.sizeBytes + entryBytes,
  });
  const notToBeKept = new LRUCache<string, true>({ max: 1000, ttl: rememberedMs });
  const underway = new Map<string, Transfer>();
  /** Counts what was asked to be forgotten: what began before is not kept after. */
  let forgotten = 0;

  const get = (path: string, conditions: Headers) =>
    origin({ method: 'GET', path, headers: conditions }).catch(
      (error: unknown): OriginAnswer => ({
        status: statusOfFailure(error),
        headers: {},
        cookies: [],
        body: Readable.from([]),
      }),
    );

  /** One request to the origin at a time for each path; those who come before its body is whole share it. */
  function collapsed(path: string, stale: Entry | undefined): Promise<Found> {
    const already = underway.get(path);
    if (already && already.body?.abandoned !== true) return already.found;
    const transfer: Transfer = {
      found: stale ? revalidate(path, stale) : fetched(path),
    };
    underway.set(path, transfer);
    void settle(path, transfer);
    return transfer.found;
  }

  async function settle(path: string, transfer: Transfer): Promise<void> {
    const answer = await transfer.found.catch(() => undefined);
    if (answer?.kind === 'whole') transfer.body = answer.body;
    await transfer.body?.settled;
    if (underway.get(path) === transfer) underway.delete(path);
  }

  async function fetched(path: string): Promise<Found> {
    const asOf = forgotten;
    return accept(path, await get(path, {}), asOf);
  }

  async function revalidate(path: string, stale: Entry): Promise<Found> {
    const asOf = forgotten;
    const answer = await get(path, stale.policy.revalidationHeaders(asked(path)) as Headers);
    const { policy, modified } = stale.policy.revalidatedPolicy(asked(path), answer);
    if (modified) return accept(path, answer, asOf);
    answer.body.resume();
    const renewed = { policy, body: stale.body };
    if (asOf === forgotten) entries.set(path, renewed);
    return found(renewed, answer.status === 304 ? 'RefreshHit' : 'Hit');
  }

  async function accept(path: string, answer: OriginAnswer, asOf: number): Promise<Found> {
    if (answer.status !== 200) {
      // Gone is gone; an origin in trouble says nothing about what we have.
      if (answer.status < 500) entries.delete(path);
      return {
        kind: 'error',
        status: answer.status,
        headers: answer.headers,
        body: await readUpTo(answer, errorBytes),
      };
    }
    const policy = new CachePolicy(asked(path), answer, { shared: true, cacheHeuristic: 0 });
    const sizeBytes = Number(answer.headers['content-length'] ?? Number.NaN);
    if (!policy.storable() || !(sizeBytes <= limits.objectBytes)) {
      answer.body.on('error', () => undefined).destroy();
      notToBeKept.set(path, true);
      return { kind: 'bypass' };
    }
    const entry = { policy, body: new SharedBody(answer.body, sizeBytes) };
    void entry.body.settled.then((whole) => whole && asOf === forgotten && entries.set(path, entry));
    return found(entry, 'Miss');
  }

  return {
    async find(path) {
      if (notToBeKept.has(path)) return { kind: 'bypass' };
      const entry = entries.get(path);
      if (!entry) return collapsed(path, undefined);
      const { revalidation } = entry.policy.evaluateRequest(asked(path));
      if (!revalidation) return found(entry, 'Hit');
      const refreshed = collapsed(path, entry);
      return revalidation.synchronous ? refreshed : found(entry, 'Hit');
    },
    forget(pattern) {
      forgotten += 1;
      const begins = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined;
      const isMeant = (path: string) => (begins === undefined ? path === pattern : path.startsWith(begins));
      for (const path of [...entries.keys()].filter(isMeant)) entries.delete(path);
    },
  };
}

const asked = (path: string) => ({ url: path, method: 'GET', headers: {} });
const found = ({ policy, body }: Entry, result: CacheResult): Found => ({
  kind: 'whole',
  headers: policy.responseHeaders() as Headers,
  body,
  result,
});

async function readUpTo(answer: OriginAnswer, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}
