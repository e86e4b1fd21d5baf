import { heartbeatSeconds, leaseSeconds } from '../domain/jobs/jobs.ts';
import { LeaseLost } from './failures.ts';

/**
 * Keeps a job while it is worked on: `beat` extends its lease and answers whether it is still ours. `signal` is aborted
 * when it is not, or when no beat has come through for as long as the lease lasts, since then it may be another's.
 */
export function heartbeat(beat: () => Promise<boolean>): { readonly signal: AbortSignal; readonly stop: () => void } {
  const lost = new AbortController();
  let keptAt = performance.now();
  const timer = setInterval(async () => {
    const kept = await beat().catch(() => undefined);
    if (kept) keptAt = performance.now();
    const expired = performance.now() - keptAt > leaseSeconds * 1000;
    if (kept === false || expired) lost.abort(new LeaseLost());
  }, heartbeatSeconds * 1000);
  return { signal: lost.signal, stop: () => clearInterval(timer) };
}
