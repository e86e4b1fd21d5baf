import { AwsClient } from 'aws4fetch';
import * as z from 'zod';

/** The distribution whose copies are to go, and where the service listens that sees to it. */
export const Cdn = z.object({ endpoint: z.url(), distributionId: z.string() });
export type Cdn = z.infer<typeof Cdn>;

/** Has the CDN forget what it holds of these paths; `*` at the end of one stands for whatever begins so. */
export type PurgeCdn = (paths: readonly string[]) => Promise<void>;

const Credentials = z.object({
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
});

const timeoutMs = 10_000;
/** Throttles and failures of the service pass; the waits double from 50 ms. */
const retries = 4;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The request of CreateInvalidation (Amazon CloudFront API Reference, 2020-05-31). A reference names each request once. */
const invalidation = (paths: readonly string[], reference: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>${escaped(
    reference,
  )}</CallerReference><Paths><Items>${paths.map((path) => `<Path>${escaped(path)}</Path>`).join('')}</Items><Quantity>${
    paths.length
  }</Quantity></Paths></InvalidationBatch>`;

/**
 * CloudFront's CreateInvalidation, signed by the credentials of the process. Without the SDK: its client would be larger than all
 * that calls it. Answers when the request is taken; copies are gone within minutes.
 */
export function cdnPurge({ endpoint, distributionId }: Cdn, environment: unknown = process.env): PurgeCdn {
  const credentials = Credentials.parse(environment);
  const aws = new AwsClient({
    accessKeyId: credentials.AWS_ACCESS_KEY_ID,
    secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
    ...(credentials.AWS_SESSION_TOKEN && { sessionToken: credentials.AWS_SESSION_TOKEN }),
    service: 'cloudfront',
    // Where CloudFront's API is, wherever the distribution serves.
    region: 'us-east-1',
    retries,
  });
  return async (paths) => {
    const answer = await aws.fetch(`${endpoint}/2020-05-31/distribution/${distributionId}/invalidation`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: invalidation(paths, crypto.randomUUID()),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.ok) return void (await answer.arrayBuffer());
    throw new Error(`the CDN keeps its copies: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  };
}
