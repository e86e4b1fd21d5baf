import { PutRefused } from './retrying.ts';

/** A connection that has moved nothing for this long is dead; the part is sent again. */
const stallMs = 30_000;

/**
 * PUTs one part to storage. XMLHttpRequest, because fetch cannot report how much of a body has been sent.
 * The headers are part of the URL's signature: exactly these are sent.
 */
export function putPart(
  { url, headers }: { url: string; headers: Record<string, string> },
  bytes: Blob,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    let stall = 0;
    const alive = () => {
      clearTimeout(stall);
      stall = window.setTimeout(() => request.abort(), stallMs);
    };
    const onAbort = () => request.abort();
    const done = (settle: () => void) => {
      clearTimeout(stall);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => {
      alive();
      onSent(loaded);
    };
    request.onload = () =>
      done(() => (request.status >= 200 && request.status < 300 ? resolve() : reject(new PutRefused(request.status))));
    request.onerror = () => done(() => reject(new PutRefused(0)));
    request.onabort = () => done(() => reject(signal.aborted ? signal.reason : new PutRefused(0)));
    signal.addEventListener('abort', onAbort, { once: true });
    alive();
    request.send(bytes);
  });
}
