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

/**
 * Counted by `npm run bench:cost` on 2026-11-26, of an account with little in it and a title of 20 s. Pages are opened by
 * a browser that is signed in.
 */
export const actions = {
  register: cost(2, 2, 7, 0, 1),
  'sign in': cost(1, 2, 3),
  'refresh a session': cost(1, 2, 3),
  'open the home page': cost(2, 6, 0),
  'open a watch page': cost(6, 25, 0),
  'play ten minutes': cost(20, 50, 21),
  'read the history': cost(1, 4, 0),
  'keep a video for later': cost(1, 2, 7),
  'read the feed of subscriptions': cost(1, 2.5, 1),
  like: cost(1, 3, 6, 2, 2),
  comment: cost(1, 4.5, 9, 2, 3),
  subscribe: cost(1, 2.5, 6),
  'open the studio': cost(4, 11, 0),
  'edit a video': cost(1, 4, 3, 1, 4),
  'upload a file, until its run starts': cost(3, 14, 25, 8, 14),
} as const satisfies Readonly<Record<string, ActionCost>>;

export type Action = keyof typeof actions;

/**
 * How often somebody who comes on a day does each thing. Ten minutes of watching are L2's average, one upload for two hundred
 * people is L3's; the rest is assumed: nothing was there to measure.
 */
export const timesADay: Readonly<Record<Action, number>> = {
  register: 0.005,
  'sign in': 0.05,
  'refresh a session': 1,
  'open the home page': 1.5,
  'open a watch page': 2,
  'play ten minutes': 1,
  'read the history': 0.1,
  'keep a video for later': 0.1,
  'read the feed of subscriptions': 0.5,
  like: 0.2,
  comment: 0.03,
  subscribe: 0.03,
  'open the studio': 0.02,
  'edit a video': 0.01,
  'upload a file, until its run starts': 0.005,
};
