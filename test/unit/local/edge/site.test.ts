import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataSecurityPolicy } from '../../../../lib/config/site-headers.ts';
import { soon } from '../../../commands/soon.ts';
import { object, type TinySite, tinySite } from './tiny-origin.ts';

let site: TinySite;
afterEach(() => site.close());

/** fetch tidies paths and forbids headers; this sends what it is given. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number }>((resolve, reject) => {
    request(`${site.url}`, { path, headers, method }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    })
      .on('error', reject)
      .end();
  });

describe('the API behind the site', () => {
  it('gets the secret and the viewer address, whatever the viewer claims', async () => {
    site = await tinySite((_request, response) => response.writeHead(200, { 'cache-control': 'max-age=60' }).end('{}'));
    await raw('/api/me?x=1', {
      'x-sluice-origin': 'guess',
      'x-forwarded-for': '6.6.6.6',
      'x-sluice-viewer-address': '6.6.6.6',
      cookie: 'a=b',
    });
    await raw('/api/me?x=1');
    expect(site.asked).toHaveLength(2);
    const { url, headers } = site.asked[0] ?? {};
    expect(url).toBe('/deployed/api/me?x=1');
    expect(headers).toMatchObject({ 'x-sluice-origin': 'the-secret', 'x-forwarded-for': '127.0.0.1', cookie: 'a=b' });
    expect(headers?.['x-sluice-viewer-address']).toBe('127.0.0.1');
    expect(headers?.host).not.toBe(new URL(site.url).host);
  });

  it('passes bodies, statuses and each cookie on', async () => {
    let received = '';
    site = await tinySite((incoming, response) => {
      incoming.on('data', (chunk) => {
        received += chunk;
      });
      incoming.on('end', () =>
        response
          .writeHead(
            201,
            [
              ['set-cookie', 'a=1; Path=/'],
              ['set-cookie', 'b=2'],
              ['access-control-allow-origin', '*'],
            ].flat(),
          )
          .end('made'),
      );
    });
    const answer = await fetch(`${site.url}/api/uploads`, { method: 'POST', body: 'hello' });
    expect([answer.status, await answer.text(), received]).toEqual([201, 'made', 'hello']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('answers 502 when it is gone, and ends a call whose viewer has left', async () => {
    let ended = false;
    site = await tinySite((_request, response) =>
      response.on('close', () => {
        ended = true;
      }),
    );
    const leaving = new AbortController();
    const call = fetch(`${site.url}/api/me`, { signal: leaving.signal });
    await soon(() => expect(site.asked).toHaveLength(1));
    leaving.abort();
    await expect(call).rejects.toThrow();
    await soon(() => expect(ended).toBe(true));
    await site.stopOrigin();
    expect((await fetch(`${site.url}/api/me`)).status).toBe(502);
  });
});

describe('web app and media', () => {
  it('rewrites pages of the app, and nothing else', async () => {
    site = await tinySite(object('page'));
    await raw('/watch/123');
    await raw('/assets/app.js');
    await raw('/media/v/1/master.m3u8');
    expect(site.asked.map((r) => r.url)).toEqual([
      '/web-bucket/index.html',
      '/web-bucket/assets/app.js',
      '/media-bucket/media/v/1/master.m3u8',
    ]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    site = await tinySite(object('x'));
    expect((await raw('/media/x', {}, method)).status).toBe(405);
    expect((await raw('/index.html', {}, method)).status).toBe(405);
    expect(site.asked).toHaveLength(0);
  });

  it.each([
    '/media/..%2f..%2fuploads/secret',
    '/media/%2e%2e%2f%2e%2e%2fx',
    '/media/a%5c..%5cb',
    '/media/a%00b',
    '/media/%zz',
    'media/x',
  ])('does not leave the bucket by %s', async (path) => {
    site = await tinySite(object('x'));
    expect((await raw(path)).status).toBe(400);
    expect(site.asked).toHaveLength(0);
  });

  it('resolves dot segments before it chooses an origin', async () => {
    site = await tinySite(object('x'));
    await raw('/media/../api/me');
    await raw('/media/../../x.js');
    expect(site.asked.map((r) => r.url)).toEqual(['/deployed/api/me', '/web-bucket/x.js']);
  });
});

describe('every answer, the errors too', () => {
  const etag = '"1"';
  beforeEach(async () => {
    site = await tinySite((request, response) => {
      if (request.url?.endsWith('missing')) response.writeHead(404, { 'content-type': 'text/html' }).end('<script>');
      // What an origin says of these does not count.
      else object('12345', { 'cache-control': 'max-age=60', etag, 'content-security-policy': '*' })(request, response);
    });
  });

  it.each<[string, string, RequestInit, number]>([
    ['of media', '/media/v/1.m4s', {}, 200],
    ['of media without its body', '/media/v/1.m4s', { method: 'HEAD' }, 200],
    ['of a part of media', '/media/v/1.m4s', { headers: { range: 'bytes=1-2' } }, 206],
    ['of media that have not changed', '/media/v/1.m4s', { headers: { 'if-none-match': etag } }, 304],
    ['of a part that there is not', '/media/v/1.m4s', { headers: { range: 'bytes=9-' } }, 416],
    ['of media that are missing', '/media/missing', {}, 404],
    ['of media that are to be written', '/media/v/1.m4s', { method: 'PUT' }, 405],
    ['of the API', '/api/me', {}, 200],
    ['of a route that is missing', '/api/missing', {}, 404],
  ])('%s runs nothing, loads nothing and is framed by nobody', async (_, path, init, status) => {
    const answer = await fetch(site.url + path, init);
    await answer.arrayBuffer();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-security-policy')).toBe(dataSecurityPolicy);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each<[string, string, RequestInit, number]>([
    ['of a page', '/watch/1', {}, 200],
    ['of a page that has not changed', '/watch/1', { headers: { 'if-none-match': etag } }, 304],
    ['of a file that is missing', '/assets/a.js.missing', {}, 404],
    ['of an address that leads elsewhere', '/%00', {}, 400],
    ['of a page that is to be written', '/watch/1', { method: 'POST' }, 405],
  ])('%s runs scripts of the site alone, away from other windows', async (_, path, init, status) => {
    const answer = await fetch(site.url + path, init);
    await answer.arrayBuffer();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });
});
