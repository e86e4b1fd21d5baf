import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
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
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
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
