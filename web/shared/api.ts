import './strict-csp.ts';
import { sluiceClient } from '../../client/client.ts';
import { sessionFetch } from './session-fetch.ts';
import { sessionMarks } from './session-mark.ts';

export const marks = sessionMarks(localStorage);

const lost = new Set<() => void>();
/** Calls back when the session has ended on its own; returns how to stop that. */
export function onSessionLost(callback: () => void): () => void {
  lost.add(callback);
  return () => lost.delete(callback);
}

/** The API of this site, with the browser's session. */
export const api = sluiceClient({
  baseUrl: location.origin,
  fetch: sessionFetch({
    fetch: (input, init) => globalThis.fetch(input, init),
    marks,
    alone: (task) => navigator.locks.request('sluice-session', task),
    now: Date.now,
    onLost: () => {
      for (const callback of lost) callback();
    },
  }),
});
