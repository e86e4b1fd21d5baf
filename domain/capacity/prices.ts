/**
 * List prices in US dollars, us-east-1, as published in spring 2026 and noted on 2026-11-26. Look them up again before you
 * decide by them. Spot prices move; AWS says "up to 70 %" off and publishes the price of the day only.
 */
export const prices = {
  region: 'us-east-1',
  notedOn: '2026-11-26',
  fargate: {
    arm64: { vcpuHour: 0.03238, gbHour: 0.00356 },
    x86: { vcpuHour: 0.04048, gbHour: 0.004445 },
    /** Of Spot, as a share of the price on demand. Assumed: a third. */
    spotShare: 1 / 3,
    /** Of a task's working space beyond the first 20 GB, which are free. */
    scratchGbHour: 0.000111,
    freeScratchGb: 20,
  },
  s3: { gbMonth: 0.023, thousandPuts: 0.005 },
  /** On demand, standard class. */
  dynamo: { millionReads: 0.125, millionWrites: 0.625 },
  /** HTTP API, beyond the first 300 million a month. */
  api: { millionRequests: 0.9 },
  /** On arm64. */
  lambda: { millionRequests: 0.2, gbSecond: 0.0000133334 },
  /** What is paid for being there, whether or not anybody comes. */
  standing: {
    /** In one zone. */
    interfaceEndpointHour: 0.01,
    firewallMonth: 5,
    firewallRuleMonth: 1,
    /** For each metric that an alarm looks at. */
    alarmMetricMonth: 0.1,
    dashboardMonth: 3,
    keyMonth: 1,
    secretMonth: 0.4,
    hoursAMonth: 730,
  },
} as const;

/** A task as an environment configures it. */
export interface TaskSize {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly scratchGiB: number;
}

/** Dollars of one task for one hour. */
export function taskHour({ cpuUnits, memoryMiB, scratchGiB }: TaskSize, on: 'arm64' | 'x86', isSpot: boolean): number {
  const { vcpuHour, gbHour } = prices.fargate[on];
  const machine = (cpuUnits / 1024) * vcpuHour + (memoryMiB / 1024) * gbHour;
  const scratch = Math.max(0, scratchGiB - prices.fargate.freeScratchGb) * prices.fargate.scratchGbHour;
  return machine * (isSpot ? prices.fargate.spotShare : 1) + scratch;
}
