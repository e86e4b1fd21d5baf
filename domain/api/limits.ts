/** At most `requests` in `perSeconds` seconds, of one route. */
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
