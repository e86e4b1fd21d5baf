import { retryDelaysMs } from './retrying.ts';

/** Waits before a retry: longer each time, and while the browser is offline until it is not. */
export async function pauseBeforeRetry(attempt: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const go = () => {
      if (navigator.onLine) resolve();
      else window.addEventListener('online', () => resolve(), { once: true, signal });
    };
    const timer = setTimeout(go, retryDelaysMs[attempt - 1]);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

/** Between two looks at what may be there any moment. */
const lookEveryMs = 700;

/** Waits before asking again for something that is on its way. */
export const pauseBeforeLook = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, lookEveryMs);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
