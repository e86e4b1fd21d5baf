import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError } from '../../client/client.ts';
import { api, marks, onSessionLost } from './api.ts';
import { forgetPositions } from './history/local-positions.ts';
import { markKey } from './session-mark.ts';

/** Who is signed in, or null. Without a mark nobody is asked. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  queryFn: async () => {
    if (!marks.read()) return null;
    try {
      return await api.auth.me({});
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

export const useMe = () => useQuery(meQuery).data ?? null;

/** @throws ApiError `mfa-required` if a code is needed: with the challenge that it has, `answerChallenge` goes on. */
export const signIn = (queries: QueryClient, email: string, password: string): Promise<void> =>
  begin(queries, api.auth.login({ body: { email, password, session: 'browser' } }));

/** The second step of a sign-in. */
export const answerChallenge = (queries: QueryClient, challenge: string, code: string): Promise<void> =>
  begin(queries, api.auth.answerChallenge({ body: { challenge, code } }));

async function begin(queries: QueryClient, granted: Promise<{ expiresInSeconds: number }>): Promise<void> {
  const { expiresInSeconds } = await granted;
  marks.write({ goodUntil: Date.now() + expiresInSeconds * 1000 });
  await queries.fetchQuery({ ...meQuery, staleTime: 0 });
}

/** Ends the session and loads the site anew, so that nothing of the person stays in memory. */
export async function signOut(): Promise<void> {
  try {
    await api.auth.logout({});
  } finally {
    leave();
  }
}

/** Ends every session of the person, on all devices. @throws ApiError, and nothing is left here, if that fails. */
export async function signOutEverywhere(): Promise<void> {
  await api.auth.endSessions({});
  leave();
}

/** Deletes the person's account. @throws ApiError, and everything stays as it is, if the password is wrong. */
export async function deleteAccount(password: string): Promise<void> {
  await api.auth.deleteAccount({ body: { password } });
  leave();
}

/** This tab is on its way out: what was still asked for the person is refused now, and that is no loss of the session. */
let isLeaving = false;

function leave(): void {
  isLeaving = true;
  marks.clear();
  forgetPositions(localStorage);
  location.assign('/');
}

/** Keeps this tab in step when the session ends by itself, or another tab signs in or out. */
export function followSession(queries: QueryClient, onEnded: () => void): void {
  const ended = () => {
    if (isLeaving) return;
    queries.setQueryData(meQuery.queryKey, null);
    onEnded();
  };
  onSessionLost(ended);
  window.addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key !== markKey) return;
    if (newValue === null) ended();
    else if (oldValue === null) void queries.invalidateQueries();
  });
}
