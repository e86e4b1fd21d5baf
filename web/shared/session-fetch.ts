import type { MarkStore } from './session-mark.ts';

export interface SessionFetchParts {
  readonly fetch: typeof globalThis.fetch;
  readonly marks: MarkStore;
  /** Runs `task` while no other tab does the same. */
  readonly alone: <T>(task: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  /** The session is over: the refresh token was refused. */
  readonly onLost: () => void;
}

const refreshPath = '/api/auth/refresh-token';
/** Of all that is under here, only signing out is done by who has a session. */
const signInPaths = '/api/auth/';
const signOutPath = '/api/auth/logout';
const isOutside = (path: string) => path.startsWith(signInPaths) && path !== signOutPath;
/** Refreshed this long before the cookie ends, so that a request under way is not refused at the far end. */
const marginMs = 30_000;

const pathOf = (input: string | URL | Request) =>
  new URL(input instanceof Request ? input.url : input, 'http://site').pathname;

/**
 * `fetch` for the API with a cookie session. It refreshes the session when its time is nearly over, or when the API
 * says so, and then repeats the request once. A refresh token works once only: tabs take turns, and the one that comes
 * second sees in the mark that the work is done.
 */
export function sessionFetch({ fetch, marks, alone, now, onLost }: SessionFetchParts): typeof globalThis.fetch {
  const refresh = (seen: number | undefined): Promise<boolean> =>
    alone(async () => {
      const current = marks.read();
      if (current && current.goodUntil !== seen && current.goodUntil > now()) return true;
      const response = await fetch(refreshPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        body: '{}',
      });
      if (response.ok) {
        const { expiresInSeconds } = (await response.json()) as { expiresInSeconds: number };
        marks.write({ goodUntil: now() + expiresInSeconds * 1000 });
        return true;
      }
      // Anything but a refusal (the service is busy, say) is no reason to sign somebody out.
      if (response.status !== 401 && response.status !== 403) return false;
      marks.clear();
      onLost();
      return false;
    });

  return async (input, init) => {
    if (isOutside(pathOf(input))) return fetch(input, init);
    const mark = marks.read();
    if (mark && mark.goodUntil - marginMs < now()) await refresh(mark.goodUntil);
    const seen = marks.read()?.goodUntil;
    // A Request's body can be read once; the repetition needs its own.
    const repeatable = input instanceof Request ? input.clone() : input;
    const response = await fetch(input, init);
    if (response.status !== 401 || seen === undefined) return response;
    return (await refresh(seen)) ? fetch(repeatable, init) : response;
  };
}
