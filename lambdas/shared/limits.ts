import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Limit,
  type Limits,
  type LimitWindow,
  type Standing,
  standing,
  windowAt,
} from '../../domain/api/limits.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { Dynamo } from '../../platform/clients/dynamo.ts';
import { limitsTimeoutMs } from '../../platform/clients/policy.ts';

/** Who asks: the limits that count somebody who is not there do not apply. */
export interface Asker {
  readonly userId: string | undefined;
  readonly address: string | undefined;
}

/** Counts a request, and says where its sender stands in each limit of the route. */
export type CheckLimits = (route: string, limits: Limits, asker: Asker, now: number) => Promise<Standing[]>;

/** Counts one more request of `key` in a window, and answers how many that makes. */
export type Count = (key: string, window: LimitWindow) => Promise<number>;

/** Windows that are known to be used up; forgotten all at once when they become many. */
const rememberedWindows = 1_000;

/**
 * Fixed windows, one atomic write a limit. A window that is used up stays so until its end, so this process remembers
 * it: who goes on asking costs no more writes (docs/decisions/0022).
 */
export function limiter(count: Count): CheckLimits {
  const usedUp = new Set<string>();

  const stand = async (policy: Standing['policy'], limit: Limit, key: string, now: number) => {
    const window = windowAt(limit, now);
    const windowKey = `${key}#${window.number}`;
    const reached = usedUp.has(windowKey) ? limit.requests + 1 : await count(windowKey, window);
    if (reached > limit.requests) {
      if (usedUp.size >= rememberedWindows) usedUp.clear();
      usedUp.add(windowKey);
    }
    return standing(policy, limit, reached, window, now);
  };

  return (route, { perUser, perAddress }, { userId, address }, now) =>
    Promise.all([
      ...(perUser && userId !== undefined ? [stand('user', perUser, `limit#${route}#user#${userId}`, now)] : []),
      ...(perAddress && address !== undefined
        ? [stand('address', perAddress, `limit#${route}#address#${address}`, now)]
        : []),
    ]);
}

/** Counters as items of the limits table, which removes them some time after their window. */
export const windowCounter =
  (dynamo: Dynamo, table: string): Count =>
  async (key, { endsAt }) => {
    const { Attributes } = await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { key },
        UpdateExpression: 'ADD requests :one SET expiresAtSeconds = :removal',
        ExpressionAttributeValues: { ':one': 1, ':removal': Math.ceil(endsAt / 1000) + 60 },
        ReturnValues: 'UPDATED_NEW',
      }),
      { requestTimeout: limitsTimeoutMs, abortSignal: AbortSignal.timeout(limitsTimeoutMs) },
    );
    return Number(Attributes?.['requests']);
  };

/** The refusal of a request that is over a limit, with the longest wait of those it is over; undefined for any other. */
export function tooManyRequests(standings: readonly Standing[]): Problem | undefined {
  const exceeded = standings.filter(({ isExceeded }) => isExceeded);
  if (exceeded.length === 0) return undefined;
  const retryAfterSeconds = Math.max(...exceeded.map(({ resetSeconds }) => resetSeconds));
  return problem('too-many-requests', `That was too often. Try again in ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
    policies: exceeded.map(({ policy }) => policy),
  });
}

/** `RateLimit-Policy` of a route (draft-ietf-httpapi-ratelimit-headers-10, section 3): quota `q` in a window of `w` seconds. */
export const policyHeader = ({ perUser, perAddress }: Limits): string | undefined =>
  [perUser && policyOf('user', perUser), perAddress && policyOf('address', perAddress)].filter(Boolean).join(', ') ||
  undefined;

const policyOf = (name: Standing['policy'], { requests, perSeconds }: Limit) =>
  `"${name}";q=${requests};w=${perSeconds}`;

/** `RateLimit` (section 4): `r` requests are left for the next `t` seconds. */
export const standingHeader = (standings: readonly Standing[]): string =>
  standings.map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`).join(', ');
