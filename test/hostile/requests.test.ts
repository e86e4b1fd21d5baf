import { randomUUID } from 'node:crypto';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../client/registry.ts';
import type { ProblemCode } from '../../domain/api/problems.ts';
import { sourceKey } from '../../domain/media/paths.ts';
import { originHeader } from '../../lambdas/shared/origin-guard.ts';
import { sourceExists } from '../commands/books.ts';
import { allRoutes, callRoute, rawRequest } from '../commands/calls.ts';
import { awsConfig, localCloud } from '../commands/local-cloud.ts';
import { newCreator, type Person } from '../commands/people.ts';
import { soon } from '../commands/soon.ts';
import { beginUpload, complete, sendAllParts } from '../commands/uploads.ts';

let creator: Person;
/** What nobody may get by the site: a source, by its key in the bucket beside the media. */
const secret = 'the text of a private source';
let secretKey: string;

beforeAll(async () => {
  creator = await newCreator();
  const upload = await beginUpload(creator.client, Buffer.from(secret), { fileName: 'private.mp4' });
  await sendAllParts(creator.client, upload);
  await complete(creator.client, upload);
  secretKey = sourceKey(upload.videoId, upload.uploadId);
  expect(await sourceExists(secretKey)).toBe(true);
});

describe('paths', () => {
  const up = ['..', '%2e%2e', '.%2e', '..%00', '%252e%252e', '..;', '%c0%ae%c0%ae'];
  const slash = ['/', '%2f', '%5c', '\\', '%252f'];

  it.each(up)('out of /media by %s leads to nothing', async (dots) => {
    const bucket = localCloud().outputs.UploadsBucketName;
    for (const s of slash) {
      for (const steps of [1, 2, 3]) {
        const path = `/media/${`${dots}${s}`.repeat(steps)}${bucket}${s}${secretKey.replaceAll('/', s)}`;
        const { status, body } = await rawRequest('GET', path);
        expect(body.includes(secret), path).toBe(false);
        expect(status, path).toBeLessThan(500);
      }
    }
  });

  it.each([
    '/media/',
    '/media',
    '/media//',
    '/media/%',
    '/media/%E0%A4%A',
    '/media/%00',
    '/media/x?list-type=2',
    '/media/?uploads',
    '/media/?policy',
    '/media/a%0d%0aset-cookie:%20x',
    '/media/%F0%9F%92%A9',
    '//etc/passwd',
    '/../../etc/passwd',
    '/api/../media/x',
    '/api/',
    '/api/%2e%2e/',
    '/api//me',
    '/api/videos/%2e%2e%2fme',
    '/api/videos/%00',
    '/index.html%00.js',
  ])('%s is answered without a fault and without a listing', async (path) => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, body } = await rawRequest(method, path);
      expect(status, method).toBeLessThan(500);
      expect(status, method).toBeGreaterThanOrEqual(200);
      expect(body.toString('latin1'), method).not.toMatch(/ListBucketResult|ListAllMyBuckets|root:|InternalError/);
    }
  });

  it('the media bucket cannot be written to by the site', async () => {
    for (const method of ['PUT', 'POST', 'DELETE']) {
      expect((await rawRequest(method, '/media/written')).status, method).toBe(405);
    }
    expect((await rawRequest('GET', '/media/written')).status).toBe(404);
  });
});

describe('the API past the site', () => {
  const direct = () => localCloud().outputs.ApiEndpoint;
  it.each(allRoutes)('%s without the secret of the distribution, or with a wrong one', async (_, route) => {
    const refused = { status: 403, problem: { code: 'origin-refused' } };
    expect(await callRoute(route, { baseUrl: direct(), token: creator.token })).toMatchObject(refused);
    const headers = { [originHeader]: 'guessed' };
    expect(await callRoute(route, { baseUrl: direct(), token: creator.token, headers })).toMatchObject(refused);
  });

  it('with a new secret is answered, and with the one before it too, until the next', async () => {
    const secrets = new SecretsManagerClient(awsConfig());
    const secret = randomUUID();
    const SecretId = localCloud().outputs.OriginSecretArn;
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: secret }));
    // The edge was started with the old one, which is now the previous.
    expect((await callRoute(registry.auth.me, { token: creator.token })).status).toBe(200);
    const headers = { [originHeader]: secret };
    const call = () => callRoute(registry.auth.me, { baseUrl: direct(), token: creator.token, headers });
    // Who has read the secret within the last seconds does not do so again.
    await soon(async () => expect((await call()).status).toBe(200), { everySeconds: 0.5 });
    expect((await callRoute(registry.auth.me, { token: creator.token })).status).toBe(200);
  });

  it('a viewer cannot bring a secret of their own through the site', async () => {
    expect(
      (await callRoute(registry.auth.me, { token: creator.token, headers: { [originHeader]: 'guessed' } })).status,
    ).toBe(200);
  });
});

describe('bodies', () => {
  const { createUpload, completeUpload } = registry.upload;
  const good = { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 1000 };
  const call = (body: unknown, headers: Record<string, string> = {}) =>
    callRoute(createUpload, { token: creator.token, body, headers });

  it.each<[string, unknown, ProblemCode]>([
    ['nothing', '', 'invalid-request'],
    ['half a document', '{"fileName":', 'invalid-request'],
    ['a list', [], 'invalid-request'],
    ['a word', '"clip"', 'invalid-request'],
    ['null', 'null', 'invalid-request'],
    ['a document a hundred thousand levels deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'invalid-request'],
    [
      'the same around a pair of surrogates, which has to be looked at',
      `${'['.repeat(100_000)}"\\ud83d\\ude00"${']'.repeat(100_000)}`,
      'invalid-request',
    ],
    ['more than a megabyte', { ...good, fileName: 'x'.repeat(2 * 1024 * 1024) }, 'body-too-large'],
  ])('%s', async (_, body, code) => {
    expect(await call(body)).toMatchObject({ problem: { code } });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])('the content type "%s"', async (type) => {
    expect(await call(good, { 'content-type': type })).toMatchObject({
      status: 415,
      problem: { code: 'body-not-json' },
    });
  });

  it('checksums of more parts than an upload may have', async () => {
    const body = { checksums: Array.from({ length: 10_001 }, () => `${'A'.repeat(43)}=`) };
    const { uploadId } = await beginUpload(creator.client, Buffer.from('x'), { fileName: 'x.mp4' });
    expect(await callRoute(completeUpload, { token: creator.token, params: { uploadId }, body })).toMatchObject({
      problem: { code: 'invalid-request' },
    });
  });
});
