import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { soon } from '../../../commands/soon.ts';
import { type Answer, object, type TinySite, tinySite } from './tiny-origin.ts';

let site: TinySite;
const open = async (answer: Answer, limits?: { totalBytes: number; objectBytes: number }) => {
  site = await tinySite(answer, limits);
};
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(site.url + path, { headers, method });
const segment = '/media/v/1/360p/1.m4s';
const immutable = {
  'cache-control': 'public, max-age=31536000, immutable',
  etag: '"a"',
  'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT',
};

// The cache's clock stands, but where a test says otherwise: ages are of whole seconds.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(async () => {
  vi.useRealTimers();
  await site.close();
});

const laterBySeconds = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

describe('what the cache keeps', () => {
  it('asks the origin once for an object that stays fresh', async () => {
    await open(object('segment', immutable));
    const first = await get(segment);
    const second = await get(segment);
    expect([first.headers.get('x-cache'), second.headers.get('x-cache')]).toEqual([
      'Miss from sluice-edge',
      'Hit from sluice-edge',
    ]);
    expect(await second.text()).toBe('segment');
    expect(second.headers.get('age')).toBe('0');
    expect(site.asked).toHaveLength(1);
    expect(site.asked[0]?.url).toBe(`/media-bucket${segment}`);
  });

  it('makes simultaneous requests one request to the origin', async () => {
    await open(async (request, response) => {
      await sleep(50);
      object('segment', immutable)(request, response);
    });
    const answers = await Promise.all(Array.from({ length: 8 }, async () => (await get(segment)).text()));
    expect(answers).toEqual(Array(8).fill('segment'));
    expect(site.asked).toHaveLength(1);
  });

  it('lets late comers join a transfer that is under way, from its first byte', async () => {
    let finish = () => {};
    await open((_request, response) => {
      response.writeHead(200, { 'content-length': 8, ...immutable }).write('half');
      finish = () => response.end('done');
    });
    const first = await get(segment);
    const second = await get(segment);
    finish();
    expect([await first.text(), await second.text()]).toEqual(['halfdone', 'halfdone']);
    expect(site.asked).toHaveLength(1);
  });

  it.each([403, 404, 500, 503])('never keeps a %i, nor lets the viewer keep it', async (status) => {
    await open((_request, response) => response.writeHead(status, { 'cache-control': 'max-age=60' }).end('no'));
    const missing = await get(segment);
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([status, 'no-store']);
    site.answer = object('segment', immutable);
    expect((await get(segment)).status).toBe(200);
  });

  it('does not keep no-store, private or too large objects, and passes their ranges on', async () => {
    for (const [name, headers, body] of [
      ['a', { 'cache-control': 'no-store' }, 'x'],
      ['b', { 'cache-control': 'private, max-age=60' }, 'x'],
      ['c', immutable, 'x'.repeat(200)],
    ] as const) {
      await open(object(body, headers), { totalBytes: 1000, objectBytes: 100 });
      await (await get(`/media/${name}`, { range: 'bytes=0-1' })).text();
      const before = site.asked.length;
      expect(await (await get(`/media/${name}`, { range: 'bytes=0-1' })).text()).toBe(body);
      expect(site.asked.length).toBe(before + 1);
      expect(site.asked.at(-1)?.headers.range).toBe('bytes=0-1');
      if (name !== 'c') await site.close();
    }
  });

  it('holds no more bytes than it may: the longest unused goes first', async () => {
    await open(object('x'.repeat(1000), immutable), { totalBytes: 7000, objectBytes: 5000 });
    for (const path of ['/media/1', '/media/2', '/media/1', '/media/3', '/media/1', '/media/2'])
      await (await get(path)).text();
    expect(site.asked.map((r) => r.url)).toEqual(['1', '2', '3', '2'].map((n) => `/media-bucket/media/${n}`));
  });

  it('does not keep an object whose transfer broke off', async () => {
    await open((_request, response) => {
      response.writeHead(200, { 'content-length': 100, ...immutable }).write('half', () => response.destroy());
    });
    await expect((await get(segment)).text()).rejects.toThrow();
    site.answer = object('whole', immutable);
    expect(await (await get(segment)).text()).toBe('whole');
  });

  it('ends the transfer from the origin when the last viewer leaves, and starts anew for the next', async () => {
    let ended = false;
    await open((_request, response) => {
      response.writeHead(200, { 'content-length': 100, ...immutable }).write('half');
      response.on('close', () => {
        ended = true;
      });
    });
    const leaving = new AbortController();
    const answer = await fetch(site.url + segment, { signal: leaving.signal });
    leaving.abort();
    await expect(answer.text()).rejects.toThrow();
    await soon(() => expect(ended).toBe(true));
    site.answer = object('whole', immutable);
    expect(await (await get(segment)).text()).toBe('whole');
  });
});

describe('freshness', () => {
  const manifest = { etag: '"m1"', 'cache-control': 'public, max-age=10' };

  it('asks again after max-age, and keeps what has not changed', async () => {
    await open(object('manifest', manifest));
    await (await get('/media/m')).text();
    laterBySeconds(11);
    const again = await get('/media/m');
    expect(again.headers.get('x-cache')).toBe('RefreshHit from sluice-edge');
    expect(await again.text()).toBe('manifest');
    expect(site.asked[1]?.headers['if-none-match']).toBe('"m1"');
    expect((await get('/media/m')).headers.get('x-cache')).toBe('Hit from sluice-edge');
  });

  it('takes what has changed', async () => {
    await open(object('old', manifest));
    await (await get('/media/m')).text();
    laterBySeconds(11);
    site.answer = object('new', { ...manifest, etag: '"m2"' });
    expect(await (await get('/media/m')).text()).toBe('new');
  });

  it('answers stale at once while it asks again, within stale-while-revalidate', async () => {
    await open(object('old', { ...manifest, 'cache-control': 'max-age=10, stale-while-revalidate=30' }));
    await (await get('/media/m')).text();
    laterBySeconds(20);
    site.answer = object('new', { ...manifest, etag: '"m2"' });
    expect(await (await get('/media/m')).text()).toBe('old');
    await soon(async () => expect(await (await get('/media/m')).text()).toBe('new'));
  });

  it.each(['answers 503', 'is gone'])('answers stale within stale-if-error when the origin %s', async (how) => {
    await open(object('old', { ...manifest, 'cache-control': 'max-age=10, stale-if-error=86400' }));
    await (await get('/media/m')).text();
    laterBySeconds(1000);
    if (how === 'is gone') await site.stopOrigin();
    else site.answer = (_request, response) => response.writeHead(503).end();
    const stale = await get('/media/m');
    expect([stale.status, await stale.text(), stale.headers.get('age')]).toEqual([200, 'old', '1000']);
  });

  it('answers 502 when the origin is gone and nothing is kept', async () => {
    await open(object('x'));
    await site.stopOrigin();
    expect((await get(segment)).status).toBe(502);
  });

  it('forgets an object that was deleted', async () => {
    await open(object('old', manifest));
    await (await get('/media/m')).text();
    laterBySeconds(11);
    site.answer = (_request, response) => response.writeHead(404).end();
    expect((await get('/media/m')).status).toBe(404);
  });
});

describe('parts and conditions', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
  ])('answers the range %s, from the origin and from the cache', async (range, body, contentRange) => {
    await open(object('0123456789', immutable));
    for (const result of ['Miss', 'Hit']) {
      const part = await get(segment, { range });
      expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, body, contentRange]);
      expect(part.headers.get('x-cache')).toBe(`${result} from sluice-edge`);
      // The object's transfer goes on beyond the range only for the cache's sake: let it be whole.
      await (await get(segment)).text();
    }
  });

  it('answers 416 beyond the end, and the whole for ranges it does not know', async () => {
    await open(object('0123456789', immutable));
    const beyond = await get(segment, { range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    for (const range of ['bytes=0-1,4-5', 'pages=1-2', 'bytes=5-1x'])
      expect((await get(segment, { range })).status).not.toBe(206);
  });

  it('honours If-Range: a part of the same version only', async () => {
    await open(object('0123456789', immutable));
    expect((await get(segment, { range: 'bytes=0-1', 'if-range': '"a"' })).status).toBe(206);
    expect((await get(segment, { range: 'bytes=0-1', 'if-range': immutable['last-modified'] })).status).toBe(206);
    expect((await get(segment, { range: 'bytes=0-1', 'if-range': '"b"' })).status).toBe(200);
  });

  it('answers 304 to a viewer who has it, without asking the origin again', async () => {
    await open(object('segment', immutable));
    await (await get(segment)).text();
    const same = await get(segment, { 'if-none-match': '"a"' });
    expect([same.status, same.headers.get('etag'), same.headers.get('cache-control')]).toEqual([
      304,
      '"a"',
      immutable['cache-control'],
    ]);
    expect((await get(segment, { 'if-modified-since': immutable['last-modified'] })).status).toBe(304);
    expect((await get(segment, { 'if-none-match': '"b"' })).status).toBe(200);
    expect(site.asked).toHaveLength(1);
  });

  it('answers HEAD as GET without the body', async () => {
    await open(object('segment', immutable));
    const head = await get(segment, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '7', '']);
  });

  it('answers an empty object', async () => {
    await open(object('', immutable));
    expect([(await get(segment)).status, await (await get(segment)).text()]).toEqual([200, '']);
  });
});
