import { type Action, type ActionCost, actions, timesADay } from '../../domain/capacity/actions.ts';
import { apiDollars, dayOf, functionDollars, peakSecond, tableDollars } from '../../domain/capacity/usage.ts';
import { assumptions } from '../simulation/assumptions.ts';
import type { Table } from '../simulation/tables.ts';

/** The tables of docs/capacity.md about what people do: each follows from the figures in domain/capacity, and a test holds the page to it. */

const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const large = (value: number) => Math.round(value).toLocaleString('en-US');
const dollars = (value: number, digits = 0) =>
  `$${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;

const all = Object.entries(actions) as [Action, ActionCost][];

export const perAction: Table = [
  ['action', 'requests', 'reads', 'writes', 'reads behind', 'writes behind', 'a million of them', 'times a day'],
  ...all.map(([name, { requests, reads, writes, behind }]) => [
    name,
    number(requests),
    number(reads),
    number(writes),
    number(behind.reads),
    number(behind.writes),
    dollars(1e6 * tableDollars({ reads: reads + behind.reads, writes: writes + behind.writes }), 2),
    String(timesADay[name]),
  ]),
];

/** People a day, by requirement: L1, and L6 after a year of 10 % a month. */
const loads = { L1: 2_400_000, L6: Math.round(2_400_000 * 1.1 ** 12) } as const;
/** What Lambda bills for a request: the median of the hot ones, with a network between functions and tables. Assumed. */
const billed = { ms: 15, memoryMb: 1024 } as const;

export const perDay: Table = (() => {
  const days = Object.values(loads).map(dayOf);
  const peaks = days.map((day) => peakSecond(day, assumptions.peakFactor));
  return [
    ['', ...Object.entries(loads).map(([name, people]) => `${name}: ${large(people)} people a day`)],
    ['API requests a day', ...days.map(({ requests }) => `${(requests / 1e6).toFixed(0)} million`)],
    ['API requests in the busiest second', ...peaks.map(({ requests }) => large(requests))],
    ['reads in the busiest second', ...peaks.map(({ reads }) => large(reads))],
    ['writes in the busiest second', ...peaks.map(({ writes }) => large(writes))],
    ['tables a day', ...days.map((day) => dollars(tableDollars(day)))],
    ['API Gateway a day', ...days.map((day) => dollars(apiDollars(day)))],
    ['functions a day', ...days.map((day) => dollars(functionDollars(day, billed.ms, billed.memoryMb)))],
    ['functions at work in the busiest second', ...peaks.map(({ requests }) => large((requests * billed.ms) / 1000))],
  ];
})();

/** L2: so many streams at once. */
const streams = 28_000;
const positionSeconds = 30;

export const positions: Table = [
  ['28,000 streams', 'a second', 'a day at that rate'],
  ['positions sent every 30 s', large(streams / positionSeconds), dollars(positionDollars(positionSeconds))],
  ['the same every 5 s', large(streams / 5), dollars(positionDollars(5))],
];

function positionDollars(seconds: number): number {
  const { reads, writes, behind } = actions['play ten minutes'];
  const sent = 20;
  const one = { reads: (reads + behind.reads) / sent, writes: (writes + behind.writes) / sent };
  const aDay = (streams / seconds) * 86_400;
  return tableDollars({ reads: one.reads * aDay, writes: one.writes * aDay });
}
