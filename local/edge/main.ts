import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { callPolicy } from '../../platform/clients/policy.ts';
import { readEnv } from '../../platform/env.ts';
import { root } from '../instance.ts';
import { httpOrigin } from './origin.ts';
import { originGroup } from './origin-group.ts';
import { responseHeaders } from './response-headers.ts';
import { signedOrigin } from './signed-origin.ts';
import { siteServer } from './site.ts';
import { viewerRequest } from './viewer-request.ts';

const env = readEnv(
  z.object({
    EDGE_PORT: z.coerce.number().int(),
    API_ENDPOINT: z.url(),
    ORIGIN_SECRET_ARN: z.string(),
    /** The buckets' own URLs. */
    MEDIA_ORIGIN: z.url(),
    /** Asked for the media that the bucket does not have. */
    ON_DEMAND_ORIGIN: z.url(),
    WEB_ORIGIN: z.url(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    AWS_REGION: z.string(),
    /** Where browsers send parts of files to. */
    UPLOADS_ORIGIN: z.url(),
  }),
);

/** Segments are at most about 20 MB (4 s of 2160p); what is larger goes past the cache. */
const cache = { totalBytes: 256 * 1024 ** 2, objectBytes: 32 * 1024 ** 2 };

const secrets = new SecretsManagerClient(callPolicy('control'));
const { SecretString: originSecret } = await secrets.send(
  new GetSecretValueCommand({ SecretId: env.ORIGIN_SECRET_ARN }),
);
if (originSecret === undefined) throw new Error('the origin secret has no value');

const server = siteServer({
  api: httpOrigin(env.API_ENDPOINT.replace(/\/$/, '')),
  originSecret,
  media: originGroup(
    httpOrigin(env.MEDIA_ORIGIN),
    signedOrigin(env.ON_DEMAND_ORIGIN, {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      region: env.AWS_REGION,
    }),
  ),
  web: httpOrigin(env.WEB_ORIGIN),
  rewrite: viewerRequest(join(root, 'lib/functions/viewer-request.js')),
  responseHeaders: responseHeaders(env.UPLOADS_ORIGIN),
  cache,
});
server.listen(env.EDGE_PORT, '127.0.0.1', () => console.log(`listening on port ${env.EDGE_PORT}`));

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // Viewers with open connections do not hold the stop up.
  setTimeout(() => server.closeAllConnections(), 500).unref();
});
