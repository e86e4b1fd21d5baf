import type { Origin } from './origin.ts';

/** Answers of the first origin upon which the second is asked: those of the distribution (lib/stacks/delivery.ts). */
const failover = new Set([403, 404, 500, 502, 503, 504]);

/** Two origins: the second is asked for what the first does not have or cannot give. */
export const originGroup =
  (first: Origin, second: Origin): Origin =>
  async (request) => {
    const answer = await first(request).catch(() => undefined);
    if (answer !== undefined && !failover.has(answer.status)) return answer;
    answer?.body.on('error', () => undefined).resume();
    return second({
      method: request.method,
      path: request.path,
      headers: {},
      ...(request.signal && { signal: request.signal }),
    });
  };
