import { FetchError, JwksValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import * as z from 'zod';
import { UserId } from '../../domain/ids.ts';
import type { HttpEnv } from './env.ts';

/** The claims of a Cognito access token that we rely on. */
export const AccessClaims = z.object({ sub: UserId, origin_jti: z.string() });
export type AccessClaims = z.infer<typeof AccessClaims>;

/** The claims of a good access token; undefined if it is forged, expired, of another client or no access token. */
export type CheckAccessToken = (jwt: string) => Promise<AccessClaims | undefined>;

const keysTimeoutMs = 3_000;

/** Fetches the issuer's keys by the runtime's own fetch: the library's insists on https, which a local issuer lacks. */
const fetcher = {
  async fetch(uri: string): Promise<ArrayBuffer> {
    const answer = await fetch(uri, { signal: AbortSignal.timeout(keysTimeoutMs) });
    if (!answer.ok) throw new Error(`the token issuer's keys: status ${answer.status}`);
    return answer.arrayBuffer();
  },
};

type TokenEnv = Pick<HttpEnv, 'TOKEN_ISSUER' | 'TOKEN_JWKS_URL' | 'USER_POOL_CLIENT_ID'>;

/** Checks signature, issuer, times, use and client. Throws only if the issuer's keys cannot be had. */
export function accessTokenChecker(env: TokenEnv): CheckAccessToken {
  const Claims = AccessClaims.extend({ token_use: z.literal('access'), client_id: z.literal(env.USER_POOL_CLIENT_ID) });
  const verifier = JwtVerifier.create(
    // Cognito's access tokens have no audience; the client is in `client_id`, which the schema asks for.
    { issuer: env.TOKEN_ISSUER, jwksUri: env.TOKEN_JWKS_URL, audience: null },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
  return async (jwt) => {
    try {
      return Claims.safeParse(await verifier.verify(jwt)).data;
    } catch (error) {
      const oursToBlame = error instanceof FetchError || error instanceof JwksValidationError;
      if (error instanceof JwtBaseError && !oursToBlame) return undefined;
      throw error;
    }
  };
}
