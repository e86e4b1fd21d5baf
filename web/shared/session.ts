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

export async function signIn(queries: QueryClient, email: string, password: string): Promise<void> {
  const { expiresInSeconds } = await api.auth.login({ body: { email, password, session: 'browser' } });
  marks.write({ goodUntil: Date.now() + expiresInSeconds * 1000 });
  await queries.fetchQuery({ ...meQuery, staleTime: 0 });
}

/** Ends the session and loads the site anew, so that nothing of the person stays in memory. */
export async function signOut(): Promise<void> {
  try {
    await api.auth.logout({});
  } finally {
    marks.clear();
    forgetPositions(localStorage);
    location.assign('/');
  }
}

/** Keeps this tab in step when the session ends by itself, or another tab signs in or out. */
export function followSession(queries: QueryClient, onEnded: () => void): void {
  const ended = () => {
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
