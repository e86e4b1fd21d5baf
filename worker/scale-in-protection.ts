import type { Logger } from '@aws-lambda-powertools/logger';
import * as z from 'zod';

export interface Protection {
  /** The task is not to be chosen for scale-in while `work` goes on. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface ProtectionParts {
  /** `ECS_AGENT_URI`; undefined outside of ECS, where nothing scales in. */
  readonly agentUri: string | undefined;
  readonly log: Pick<Logger, 'warn'>;
  /** Aborted when the worker stops: the task ends, and its protection with it. */
  readonly stopping: AbortSignal;
}

/** Protection ends by itself: a worker that hangs is not kept for ever. The longest jobs take minutes. */
const expiresInMinutes = 30;
export const renewEveryMs = 10 * 60_000;
/** Between two jobs a worker is idle for moments, in which there is nothing to tell ECS. */
export const idleBeforeClearedMs = 15_000;
/** ECS gives its own requests this long. */
const timeoutMs = 5_000;

/** The agent's answer if it has done what was asked; else `failure` or `error` stand in its place. */
const Done = z.object({ protection: z.object({ ProtectionEnabled: z.boolean() }) });

/**
 * Task scale-in protection (Amazon ECS Developer Guide, "Task scale-in protection endpoint"): set by the first job, renewed while
 * there are jobs, cleared when there have been none for a while. It never holds up work, nor does its failure, which is told
 * once: a task that is chosen nevertheless hands its jobs back. It does not cover Spot interruptions; nothing does but that.
 */
export function scaleInProtection({ agentUri, log, stopping }: ProtectionParts): Protection {
  if (agentUri === undefined) return { during: (work) => work() };
  let running = 0;
  /** Exists while the task is protected. */
  let renewal: NodeJS.Timeout | undefined;
  /** Exists while it is protected and idle. */
  let clearing: NodeJS.Timeout | undefined;
  let told = false;

  const put = async (ProtectionEnabled: boolean) => {
    const body = ProtectionEnabled ? { ProtectionEnabled, ExpiresInMinutes: expiresInMinutes } : { ProtectionEnabled };
    const answer = await fetch(`${agentUri}/task-protection/v1/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]),
    });
    const text = await answer.text();
    if (!answer.ok || !Done.safeParse(JSON.parse(text)).success) throw new Error(`${answer.status} ${text}`);
  };

  /** One request at a time, in the order in which they were meant. */
  let before = Promise.resolve();
  const tell = (isProtected: boolean) => {
    before = before
      .then(() => put(isProtected))
      .catch((error: unknown) => {
        if (told || stopping.aborted) return;
        told = true;
        log.warn('scale-in protection could not be set', { error: error instanceof Error ? error : String(error) });
      });
  };
  const begin = () => {
    running++;
    clearTimeout(clearing);
    if (renewal !== undefined || stopping.aborted) return;
    tell(true);
    renewal = setInterval(tell, renewEveryMs, true);
  };
  const end = () => {
    running--;
    if (running > 0 || stopping.aborted) return;
    clearing = setTimeout(() => {
      clearInterval(renewal);
      renewal = undefined;
      tell(false);
    }, idleBeforeClearedMs);
  };
  stopping.addEventListener(
    'abort',
    () => {
      clearInterval(renewal);
      clearTimeout(clearing);
    },
    { once: true },
  );

  return {
    async during(work) {
      begin();
      try {
        return await work();
      } finally {
        end();
      }
    },
  };
}
