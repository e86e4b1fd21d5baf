import type { ServerResponse } from 'node:http';

/** Aborts when the viewer leaves before they have their answer. */
export function viewerGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
