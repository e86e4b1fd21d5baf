import { type Action, type ActionCost, actions, timesADay } from './actions.ts';
import { prices } from './prices.ts';

/** What people ask of the API and the tables: of a day, or of a second. */
export interface Usage {
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
}

const all = Object.entries(actions) as [Action, ActionCost][];

/** A day of so many people, each of whom does the usual things. */
export function dayOf(people: number): Usage {
  const total = (of: (cost: ActionCost) => number) =>
    people * all.reduce((sum, [name, cost]) => sum + timesADay[name] * of(cost), 0);
  return {
    requests: total((cost) => cost.requests),
    reads: total((cost) => cost.reads + cost.behind.reads),
    writes: total((cost) => cost.writes + cost.behind.writes),
  };
}

/** The busiest second of such a day, by how many times the average it is. */
export function peakSecond({ requests, reads, writes }: Usage, peakFactor: number): Usage {
  const atPeak = (aDay: number) => (aDay / 86_400) * peakFactor;
  return { requests: atPeak(requests), reads: atPeak(reads), writes: atPeak(writes) };
}

/** Dollars of the tables, on demand. */
export const tableDollars = ({ reads, writes }: Pick<Usage, 'reads' | 'writes'>): number =>
  (reads / 1e6) * prices.dynamo.millionReads + (writes / 1e6) * prices.dynamo.millionWrites;

/** Dollars of the API in front of the functions. */
export const apiDollars = ({ requests }: Pick<Usage, 'requests'>): number =>
  (requests / 1e6) * prices.api.millionRequests;

/** Dollars of the functions behind it, each of which is billed so many milliseconds a request. */
export function functionDollars({ requests }: Pick<Usage, 'requests'>, billedMs: number, memoryMb: number): number {
  const gbSeconds = requests * (billedMs / 1000) * (memoryMb / 1024);
  return (requests / 1e6) * prices.lambda.millionRequests + gbSeconds * prices.lambda.gbSecond;
}
