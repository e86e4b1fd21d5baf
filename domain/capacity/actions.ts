/** What one thing that people do takes. Units are DynamoDB's, as it bills them on demand. */
export interface ActionCost {
  /** Of the API. */
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  /** What is done for it afterwards, by functions that hear of it by streams and events. */
  readonly behind: { readonly reads: number; readonly writes: number };
}

const cost = (requests: number, reads: number, writes: number, readsBehind = 0, writesBehind = 0): ActionCost => ({
  requests,
  reads,
  writes,
  behind: { reads: readsBehind, writes: writesBehind },
});

/** Counted by `npm run bench:cost` on 2026-11-26: an account with little in it, a title of 20 s. Pages as a browser opens them, signed in. */
export const actions = {
  register: cost(2, 0, 0),
} as const satisfies Readonly<Record<string, ActionCost>>;

export type Action = keyof typeof actions;

/**
 * How often somebody who comes on a day does each thing. Uploads are L3's; the rest is assumed: nothing was there to
 * measure. Sessions are refreshed every 15 minutes.
 */
export const timesADay: Readonly<Record<Action, number>> = {
  register: 0.01,
};
