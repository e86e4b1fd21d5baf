import { AwsV4Signer } from 'aws4fetch';
import { httpOrigin, type Origin } from './origin.ts';

/** What a request is signed with. */
export interface Signature {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A function URL that only signed requests open: the distribution signs them by its origin access control (SigV4). */
export function signedOrigin(baseUrl: string, signature: Signature): Origin {
  const origin = httpOrigin(baseUrl);
  return async ({ method, path, headers, signal }) => {
    const signer = new AwsV4Signer({ ...signature, service: 'lambda', url: `${baseUrl}${path}`, method });
    const signed = Object.fromEntries((await signer.sign()).headers);
    return origin({ method, path, headers: { ...headers, ...signed }, ...(signal && { signal }) });
  };
}
