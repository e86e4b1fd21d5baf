import { createSign, generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accessTokenChecker } from '../../../lambdas/shared/access-token.ts';

const env = {
  TOKEN_ISSUER: 'https://issuer.example/pool',
  TOKEN_JWKS_URL: 'http://127.0.0.1:9/jwks.json',
  USER_POOL_CLIENT_ID: 'our-client',
};
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwks = { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] };

const claims = {
  iss: env.TOKEN_ISSUER,
  sub: 'aaaaaaaa-0000-4000-8000-000000000001',
  origin_jti: 'cccccccc-0000-4000-8000-000000000003',
  token_use: 'access',
  client_id: 'our-client',
  exp: Math.floor(Date.now() / 1000) + 60,
};

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(change: object = {}, { privateKey } = keys): string {
  const signed = `${encode({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${encode({ ...claims, ...change })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

describe('an access token', () => {
  const fetched = vi.fn<typeof fetch>();
  beforeEach(() => {
    fetched.mockReset().mockImplementation(async () => Response.json(jwks));
    vi.stubGlobal('fetch', fetched);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('tells whose it is and of which session, with the keys fetched once', async () => {
    const check = accessTokenChecker(env);
    for (let i = 0; i < 3; i++)
      expect(await check(token())).toMatchObject({ sub: claims.sub, origin_jti: claims.origin_jti });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('is no good if it is forged, tampered with, expired, of another issuer, of another client, or not for access', async () => {
    const check = accessTokenChecker(env);
    const [head, , signature] = token().split('.');
    const bad = [
      token({}, otherKeys),
      `${head}.${encode({ ...claims, sub: 'bbbbbbbb-0000-4000-8000-000000000002' })}.${signature}`,
      `${encode({ alg: 'none', kid: 'k1' })}.${encode(claims)}.`,
      token({ exp: Math.floor(Date.now() / 1000) - 1 }),
      token({ iss: 'https://issuer.example/other' }),
      token({ client_id: 'their-client' }),
      token({ token_use: 'id' }),
      token({ origin_jti: undefined }),
      'garbage',
    ];
    for (const jwt of bad) expect(await check(jwt), jwt).toBeUndefined();
  });

  it('is not held against its bearer when the issuer’s keys cannot be had', async () => {
    fetched.mockImplementation(async () => new Response('busy', { status: 503 }));
    await expect(accessTokenChecker(env)(token())).rejects.toThrow('503');
  });
});
