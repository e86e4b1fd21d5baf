import { areSlowed, type Tries, waitBefore } from '../../domain/access/tries.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import type { CountedTries, TryStore } from './try-store.ts';

/** What a try told of who makes it. `undecided`: neither good nor bad yet, or not about the password at all. */
export type Verdict = 'passed' | 'failed' | 'undecided';

/** RFC 9110, section 10.2.3: whole seconds. */
export function slowed(waitMs: number): Problem {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  return problem('too-many-requests', `Too many wrong tries. Wait ${retryAfterSeconds} seconds before the next one.`, {
    retryAfterSeconds,
  });
}

/**
 * Slows guessing at one account (docs/decisions/0024). A try that passes, and has not been preceded by failures, costs no
 * write; one that fails costs one.
 */
export function tryGuard(store: TryStore) {
  /** Answers what `attempt` does, or that it was not made. */
  async function guard<T>(
    counted: CountedTries,
    now: number,
    attempt: () => Promise<T>,
    judge: (outcome: T) => Verdict,
  ): Promise<T | Problem> {
    const { tries } = counted;
    const wait = waitBefore(tries, now);
    if (wait > 0) return slowed(wait);
    const isClaimed = areSlowed(tries, now);
    if (isClaimed && !(await store.claim(counted, now))) return slowed(waitBefore(afterOneMore(tries, now), now));
    const outcome = await attempt();
    switch (judge(outcome)) {
      case 'passed':
        if (tries) await store.clear(counted);
        break;
      case 'failed':
        if (!isClaimed) await store.count(counted, now);
        break;
      case 'undecided':
        if (isClaimed) await store.giveBack(counted, now);
    }
    return outcome;
  }
  return guard;
}

const afterOneMore = (tries: Tries | undefined, now: number): Tries => ({
  failures: (tries?.failures ?? 0) + 1,
  lastAt: now,
});

export type TryGuard = ReturnType<typeof tryGuard>;
