import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * How long we wait and how often we try, per kind of call. `standard` retry mode backs off exponentially with jitter
 * and retries only what the SDK knows to be transient (throttling, 5xx, connection loss): every call that we make is
 * idempotent or conditional, so a retry after a lost answer does no harm.
 */
const policies = {
  /** Single-item reads and writes answer in milliseconds: give up early, try often. */
  table: { requestTimeout: 3_000, maxAttempts: 4 },
  /** Control calls: queues, executions, events, keys, secrets, identity. */
  control: { requestTimeout: 10_000, maxAttempts: 4 },
  /** A long poll holds the connection for up to 20 s. */
  longPoll: { requestTimeout: 30_000, maxAttempts: 3 },
  /** Object bodies: segments of up to tens of MB, and CompleteMultipartUpload, which may take minutes for 5 TB. */
  object: { requestTimeout: 300_000, maxAttempts: 4 },
} as const;

export type Policy = keyof typeof policies;

/** How long a request waits to be counted, in one try: longer, and limits are what people wait for; a second would count twice. */
export const limitsTimeoutMs = 5_000;

/** Client configuration for one kind of call. Timeouts in milliseconds. */
export const callPolicy = (policy: Policy) => ({
  maxAttempts: policies[policy].maxAttempts,
  retryMode: 'standard' as const,
  requestHandler: new NodeHttpHandler({
    connectionTimeout: 2_000,
    requestTimeout: policies[policy].requestTimeout,
    throwOnRequestTimeout: true,
  }),
});
