import { describe, expect, it } from 'vitest';
import { registry } from '../../client/registry.ts';
import { openApi } from '../../docs/api/openapi.ts';
import { localCloud } from '../commands/local-cloud.ts';

/** The local site as a whole: the parts are tested by themselves in test/unit/local. */
describe('the site', () => {
  const { site, outputs } = localCloud();

  it('serves the app at every page address, with the headers of the distribution', async () => {
    for (const path of ['/', '/watch/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/studio']) {
      const page = await fetch(site + path);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="root">');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('names files of the app that can be had and kept for ever', async () => {
    const page = await (await fetch(site)).text();
    const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((m) => m[1]);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const answer = await fetch(site + file);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
  });

  it('describes its API', async () => {
    const answer = await fetch(`${site}/openapi.json`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(openApi(registry))));
  });

  it('answers 404 for what is not there, which nobody may keep', async () => {
    for (const path of ['/media/01ARZ3NDEKTSV4RRFFQ69G5FAV/1/360p/1.m4s', '/assets/missing.js']) {
      const missing = await fetch(site + path);
      expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
    }
  });

  it('leads to the API, which answers nobody who comes another way', async () => {
    const through = await fetch(`${site}/api/me`);
    expect([through.status, await through.json()]).toMatchObject([401, { code: 'unauthenticated' }]);
    const around = await fetch(`${outputs.ApiEndpoint}/api/me`);
    expect([around.status, await around.json()]).toMatchObject([403, { code: 'origin-refused' }]);
  });
});
