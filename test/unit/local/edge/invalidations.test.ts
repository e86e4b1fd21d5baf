import { afterEach, expect, it } from 'vitest';
import { cdnPurge } from '../../../../platform/cdn-purge.ts';
import { object, type TinySite, tinySite } from './tiny-origin.ts';

let site: TinySite;
afterEach(() => site.close());

const immutable = { 'cache-control': 'public, max-age=31536000, immutable' };
const result = async (path: string) => (await fetch(site.url + path)).headers.get('x-cache')?.split(' ')[0];
const credentials = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };
const purge = (paths: string[]) => cdnPurge({ endpoint: site.url, distributionId: 'E1' }, credentials)(paths);

it('forgets what the platform asks it to, as CloudFront does, and nothing else', async () => {
  site = await tinySite(object('segment', immutable));
  const [gone, alsoGone, stays] = ['/media/a/1/360p/1.m4s', '/media/a/1/360p/2.m4s', '/media/ab/1/360p/1.m4s'];
  for (const path of [gone, alsoGone, stays]) await result(path);
  expect([await result(gone), await result(stays)]).toEqual(['Hit', 'Hit']);
  await purge(['/media/a/*']);
  expect([await result(gone), await result(alsoGone), await result(stays)]).toEqual(['Miss', 'Miss', 'Hit']);
  await purge([gone]);
  expect([await result(gone), await result(alsoGone)]).toEqual(['Miss', 'Hit']);
});

it('does not keep what was on its way when it was asked to forget', async () => {
  let finish = () => {};
  site = await tinySite((_request, response) => {
    response.writeHead(200, { 'content-length': 8, ...immutable }).write('half');
    finish = () => response.end('done');
  });
  const first = await fetch(`${site.url}/media/a/1.m4s`);
  await purge(['/media/a/*']);
  finish();
  expect(await first.text()).toBe('halfdone');
  site.answer = (_request, response) => response.writeHead(404, { 'content-length': 0 }).end();
  expect((await fetch(`${site.url}/media/a/1.m4s`)).status).toBe(404);
});

it('does so for nobody who signs nothing, and tells who asks that it was refused', async () => {
  site = await tinySite(object('segment', immutable));
  await result('/media/a/1.m4s');
  const unsigned = { method: 'POST', body: '<Path>/media/a/*</Path>' };
  expect((await fetch(`${site.url}/2020-05-31/distribution/E1/invalidation`, unsigned)).status).toBe(403);
  expect(await result('/media/a/1.m4s')).toBe('Hit');
  await expect(purge([`/media/${'a'.repeat(300_000)}`])).rejects.toThrow('413');
});
