import { coresFor, encodeDollars, keepDollars, minuteOf, putDollars } from '../../domain/capacity/minute.ts';
import { prices, taskHour } from '../../domain/capacity/prices.ts';
import type { VideoId } from '../../domain/ids.ts';
import { outstandingFor } from '../../domain/jobs/jobs.ts';
import { environments } from '../../lib/config/environments.ts';
import { assumptions } from './assumptions.ts';
import type { FleetOptions } from './fleet.ts';
import { besideTenHours, type Day, day, makespan } from './scenarios.ts';
import { planOf } from './titles.ts';

/** The tables of docs/capacity.md: each is what the code says, and a test holds the page to it. */

const { workers } = environments().prod;
const cores = workers.cpuUnits / 1024;
const slots = workers.max * workers.bulkSlots;
const seed = 1;

export type Table = readonly (readonly string[])[];
export const markdown = ([head = [], ...rows]: Table): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const dollars = (value: number, digits = 2) => `$${value.toFixed(digits)}`;
const seconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} s`;
const run = { videoId: 'video' as VideoId, attempt: 1 };
const sourceBitsPerSecond = 8e6;
/** A title of the average length. */
const minute = minuteOf(run, planOf(run, assumptions.meanSeconds), sourceBitsPerSecond);

/** The share of paid cores that work, by the day at L6. */
export function costOfMinute(utilization: number): Table {
  const coreHour = (on: 'arm64' | 'x86', isSpot: boolean) => taskHour(workers, on, isSpot) / cores;
  const encoding = (name: string, on: 'arm64' | 'x86', isSpot: boolean) => [
    `encoding, ${name}`,
    `${minute.cpuSeconds.toFixed(0)} core seconds, cores used by ${(100 * utilization).toFixed(0)} %`,
    dollars(encodeDollars(minute, coreHour(on, isSpot), utilization), 5),
  ];
  return [
    ['a minute of source', 'takes', 'costs'],
    encoding('arm64 Spot', 'arm64', true),
    encoding('arm64 on demand', 'arm64', false),
    encoding('x86 on demand', 'x86', false),
    ['writing segments', `${minute.puts.toFixed(0)} requests`, dollars(putDollars(minute), 5)],
    ['keeping the source', `${minute.sourceMb.toFixed(0)} MB`, `${dollars(keepDollars(minute.sourceMb), 5)} a month`],
    [
      'keeping the renditions, at their caps',
      `${minute.renditionsMb.toFixed(0)} MB`,
      `${dollars(keepDollars(minute.renditionsMb), 5)} a month`,
    ],
  ];
}

const fleetOf = (tasks: number): FleetOptions => ({
  min: tasks,
  max: tasks,
  onDemandBase: tasks,
  cores,
  bulkSlots: workers.bulkSlots,
  hasLosses: false,
});

/** The variants whose makespans are told apart: as it was, with more outstanding, and with other chunks. */
const variants = [
  { name: 'W = 64, chunks of 32 s (as it was)', outstanding: 64, segmentsPerChunk: 8 },
  { name: 'W by the fleet, chunks of 32 s', segmentsPerChunk: 8 },
  { name: 'W by the fleet, chunks of 20 s', segmentsPerChunk: 5 },
  { name: 'W by the fleet, chunks by the plan: 12 s (as it is)' },
  { name: 'the same, tasks of four cores', cores: 4 },
  { name: 'W by the fleet, chunks of 4 s', segmentsPerChunk: 1 },
] as const;

/** Of workers as measured, two cores and two bulk slots; the run in the middle of five. */
export const makespans = () =>
  variants.map(({ name, ...variant }) => ({
    name,
    runs: [1, 10, 100, 1000].map((count) => {
      const usual = { workers: count, cores: 2, bulkSlots: 2, outstanding: outstandingFor(2 * count) };
      const runs = [1, 2, 3, 4, 5].map((of) => makespan(7200, { ...usual, ...variant, seed: of }));
      const [, , median] = runs.toSorted((x, y) => x.seconds / x.idealSeconds - y.seconds / y.idealSeconds);
      if (median === undefined) throw new Error('five runs have one in the middle');
      return median;
    }),
  }));

export const makespanTable = (of: ReturnType<typeof makespans>): Table => [
  ['a title of 2 h', ...[1, 10, 100, 1000].map((count) => `${count} workers`)],
  ...of.map(({ name, runs }) => [
    name,
    ...runs.map((m) => `${seconds(m.seconds)}, ${(m.seconds / m.idealSeconds).toFixed(2)}`),
  ]),
];

export const fairness = () =>
  [5, 20].flatMap((tasks) =>
    [true, false].map((isFair) => ({
      tasks,
      isFair,
      ...besideTenHours({ fleet: fleetOf(tasks), outstanding: outstandingFor(slots), isFair, seed }),
    })),
  );

export const fairnessTable = (of: ReturnType<typeof fairness>): Table => [
  ['tasks', 'queue', 'clip alone', 'beside ten hours'],
  ...of.map(({ tasks, isFair, aloneSeconds, seconds: beside }) => [
    String(tasks),
    isFair ? 'fair, by title' : 'first in, first out',
    seconds(aloneSeconds),
    seconds(beside),
  ]),
];

/** Days at the loads of R-L3 and R-L6, and how L3 would go with other targets. */
export function days() {
  const at = (uploads: number, drainSeconds: number) => {
    const fleet = { ...workers, cores, drainSeconds, hasLosses: true };
    return { drainSeconds, day: day({ uploads, fleet, outstanding: outstandingFor(slots), seed }) };
  };
  const usual = at(12_000, workers.drainSeconds);
  return {
    loads: [usual, at(37_661, workers.drainSeconds)],
    targets: [at(12_000, workers.drainSeconds / 2), usual, at(12_000, 2.5 * workers.drainSeconds)],
  };
}

export const dayDollars = ({ taskHours }: Day): number =>
  taskHours.onDemand * taskHour(workers, 'arm64', false) + taskHours.spot * taskHour(workers, 'arm64', true);

export const dayTable = (of: ReturnType<typeof days>['loads']): Table => [
  [
    'uploads',
    'drain',
    'playable p50 / p95',
    'ready p50 / p95',
    'tasks mean / most',
    'cores used',
    'Spot losses',
    'a day',
  ],
  ...of.map(({ drainSeconds, day: d }) => [
    String(d.uploads),
    `${drainSeconds} s`,
    `${seconds(d.playable.p50)} / ${seconds(d.playable.p95)}`,
    `${seconds(d.ready.p50)} / ${seconds(d.ready.p95)}`,
    `${d.meanTasks.toFixed(1)} / ${d.peakTasks}`,
    `${(100 * d.utilization).toFixed(0)} %`,
    String(d.losses),
    dollars(dayDollars(d)),
  ]),
];

export const fleetTable = (): Table => [
  ['', 'L3: 12,000 a day', 'L6: 37,661 a day'],
  ...(
    [
      ['hours of source a day', (uploads: number) => ((uploads * assumptions.meanSeconds) / 3600).toFixed(0)],
      ['cores, if all worked all day', (uploads: number) => allDay(uploads).toFixed(0)],
      ['the same at the peak', (uploads: number) => (allDay(uploads) * assumptions.peakFactor).toFixed(0)],
      [
        `tasks of ${cores} cores at the peak`,
        (uploads: number) => Math.ceil((allDay(uploads) * assumptions.peakFactor) / cores).toFixed(0),
      ],
      ['segments written a day', (uploads: number) => millions(uploads * perUpload(minute.puts))],
      ['for these requests a day', (uploads: number) => dollars(uploads * perUpload(putDollars(minute)))],
      ['source and renditions a day', (uploads: number) => `${((uploads * perUpload(stored)) / 1e6).toFixed(2)} TB`],
      [
        'kept for a year of such days, a month',
        (uploads: number) => dollars(365 * uploads * perUpload(keepDollars(stored)), 0),
      ],
    ] as const
  ).map(([name, of]) => [name, of(12_000), of(37_661)]),
];

const perUpload = (aMinute: number) => (aMinute * assumptions.meanSeconds) / 60;
const stored = minute.sourceMb + minute.renditionsMb;
const allDay = (uploads: number) => coresFor(minute, uploads, assumptions.meanSeconds);
const millions = (value: number) => `${(value / 1e6).toFixed(1)} million`;

/** Everything, by the names that the page and the program use. */
export function allTables() {
  const results = { makespans: makespans(), fairness: fairness(), ...days() };
  const [, l6] = results.loads;
  return {
    results: { prices, assumptions, ...results },
    tables: {
      'A minute of source': costOfMinute(l6?.day.utilization ?? Number.NaN),
      'The fleet, by arithmetic': fleetTable(),
      'One title and all workers': makespanTable(results.makespans),
      'A clip beside ten hours': fairnessTable(results.fairness),
      'A day': dayTable(results.loads),
      'A day at L3, by the target of scaling': dayTable(results.targets),
    } satisfies Record<string, Table>,
  };
}
