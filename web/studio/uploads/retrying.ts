import { ApiError } from '../../../client/client.ts';

/** Storage did not take a part; status 0 when the connection was lost. */
export class PutRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(
      status === 0
        ? 'The connection was lost while the file was being sent. Try again; what has arrived is kept.'
        : `The storage did not take a part of the file (status ${status}). Try again; what has arrived is kept.`,
    );
    this.status = status;
  }
}

/** A part travels again after these waits; together they outlast a restarting router. */
export const retryDelaysMs = [500, 1000, 3000, 5000, 10_000, 20_000];

/** Whether the same request may succeed later. */
function worthRetrying(error: unknown): boolean {
  // The same request may still be under way of which no answer came.
  if (error instanceof ApiError)
    return error.status >= 500 || error.status === 429 || error.problem.code === 'request-in-progress';
  // 403 is an expired URL, 400 a part damaged on the way; both are mended by asking and sending again.
  if (error instanceof PutRefused) return error.status >= 500 || [0, 400, 403, 408, 429].includes(error.status);
  // fetch() rejects with a TypeError when no answer came; a client that waited too long, with a TimeoutError.
  return error instanceof Error && (error instanceof TypeError || error.name === 'TimeoutError');
}

/** Runs `task` until it succeeds, fails for good, has been tried often enough, or `signal` ends it. */
export async function retrying<T>(
  task: () => Promise<T>,
  signal: AbortSignal,
  pause: (attempt: number, signal: AbortSignal) => Promise<void>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await task();
    } catch (error) {
      signal.throwIfAborted();
      if (!worthRetrying(error) || attempt > retryDelaysMs.length) throw error;
      await pause(attempt, signal);
    }
  }
}
