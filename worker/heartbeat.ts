import { heartbeatSeconds, leaseSeconds } from '../domain/jobs/jobs.ts';
import { LeaseLost, type Unwanted } from './failures.ts';

/**
 * Keeps a job while it is worked on: `beat` extends its lease and answers why the job is to be given up, if it is. `signal` is
 * aborted with that, or when no beat has come through for as long as the lease lasts, since then it may be another's.
 */
export function heartbeat(beat: () => Promise<LeaseLost | Unwanted | undefined>): {
  readonly signal: AbortSignal;
  readonly stop: () => void;
} {
  const givenUp = new AbortController();
  let keptAt = performance.now();
  const timer = setInterval(async () => {
    try {
      const why = await beat();
      if (why) givenUp.abort(why);
      else keptAt = performance.now();
    } catch {
      if (performance.now() - keptAt > leaseSeconds * 1000) givenUp.abort(new LeaseLost());
    }
  }, heartbeatSeconds * 1000);
  return { signal: givenUp.signal, stop: () => clearInterval(timer) };
}
