/** At most `requests` in each window of `perSeconds` seconds, of one route. */
export interface Limit {
  readonly requests: number;
  readonly perSeconds: number;
}

/**
 * What one caller may ask of a route, beside its throttle over all callers: a person who is signed in, and an address.
 * Each limit costs one write a request, so what is cheap to answer has none: AWS WAF and the throttle bound that.
 */
export interface Limits {
  readonly perUser?: Limit;
  /** By the viewer's address, as the distribution tells it. */
  readonly perAddress?: Limit;
}

/** Reads: counting one costs as much as answering it. */
export const reading = {} as const satisfies Limits;
/** Writes of a person by hand, however quick, with room for a page that sends several at once. */
export const writing = { perUser: { requests: 120, perSeconds: 60 } } as const satisfies Limits;
/** What can be guessed at: passwords, codes, tokens. Generous enough for a school behind one address. */
export const guessing = { perAddress: { requests: 100, perSeconds: 300 } } as const satisfies Limits;
/** Sessions that go on, every quarter of an hour in each open browser of a whole office; their tokens cannot be guessed. */
export const renewing = { perAddress: { requests: 1000, perSeconds: 300 } } as const satisfies Limits;
/** Addresses for parts of files, one request a part: a line of 5 Gbit/s sends ten of the usual parts a second. */
export const transferring = { perUser: { requests: 600, perSeconds: 60 } } as const satisfies Limits;

/** One window of a limit. Windows follow one another from the epoch on, so that nobody has to remember where one began. */
export interface LimitWindow {
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** The window that `now` (ms since the epoch) lies in. */
export function windowAt({ perSeconds }: Limit, now: number): LimitWindow {
  const number = Math.floor(now / (perSeconds * 1000));
  return { number, endsAt: (number + 1) * perSeconds * 1000 };
}

/** Where somebody stands in the present window of a limit, as `RateLimit` tells it. */
export interface Standing {
  readonly policy: 'user' | 'address';
  readonly limit: Limit;
  readonly isExceeded: boolean;
  /** Requests that are left. */
  readonly remaining: number;
  /** Whole seconds until the window ends: once they have passed, the next one has begun. */
  readonly resetSeconds: number;
}

/** Where the request stands that is the `count`th of its window. */
export const standing = (
  policy: Standing['policy'],
  limit: Limit,
  count: number,
  { endsAt }: LimitWindow,
  now: number,
): Standing => ({
  policy,
  limit,
  isExceeded: count > limit.requests,
  remaining: Math.max(0, limit.requests - count),
  resetSeconds: Math.ceil((endsAt - now) / 1000),
});
