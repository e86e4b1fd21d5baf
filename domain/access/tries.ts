/** Failed tries at the password of one account, as they are counted. */
export interface Tries {
  readonly failures: number;
  /** When the last of them was, in ms since the epoch. */
  readonly lastAt: number;
}

/** Slips of the finger, after which nobody has to wait. */
export const freeFailures = 5;
/** One more failure doubles the wait, up to this. */
export const longestWaitSeconds = 30 * 60;
/** Failures are forgotten when there has been none for this long. */
export const forgetSeconds = 24 * 3600;

/**
 * How long the next try has to wait after so many failures. Twice as long as Cognito itself then locks the account, 15
 * minutes at most: whoever is not slowed, for their device is known, finds it open for half of the time at least.
 */
const waitSeconds = (failures: number) =>
  failures < freeFailures ? 0 : Math.min(2 ** (failures - freeFailures + 1), longestWaitSeconds);

export const areForgotten = ({ lastAt }: Tries, now: number) => now - lastAt >= forgetSeconds * 1000;

/** Milliseconds until the next try may be made; 0: at once. */
export function waitBefore(tries: Tries | undefined, now: number): number {
  if (tries === undefined || areForgotten(tries, now)) return 0;
  return Math.max(0, tries.lastAt + waitSeconds(tries.failures) * 1000 - now);
}

/** Whether tries are made one after another: the next one is counted before it is made, so that of many at once one is. */
export const areSlowed = (tries: Tries | undefined, now: number) =>
  tries !== undefined && !areForgotten(tries, now) && tries.failures >= freeFailures;
