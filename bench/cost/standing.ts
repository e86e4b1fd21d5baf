import type { Template } from 'aws-cdk-lib/assertions';
import { prices, taskHour } from '../../domain/capacity/prices.ts';
import type { Environment } from '../../lib/config/environment.ts';
import type { Table } from '../simulation/tables.ts';

/** An environment and its stacks' templates. */
export interface Deployment {
  readonly config: Environment;
  readonly templates: readonly Template[];
}

const { standing } = prices;

const found = ({ templates }: Deployment, type: string): Record<string, unknown>[] =>
  templates.flatMap((template) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties as Record<string, unknown>),
  );
const countOf = (deployment: Deployment, type: string) => found(deployment, type).length;

/** Metrics that alarms look at: an expression looks at several. */
const alarmMetrics = (deployment: Deployment) =>
  found(deployment, 'AWS::CloudWatch::Alarm').reduce((sum, { Metrics }) => {
    const read = (Metrics as { MetricStat?: unknown }[] | undefined)?.filter((one) => one.MetricStat !== undefined);
    return sum + (read?.length ?? 1);
  }, 0);

/** Dollars a month, by what they are for, that an environment costs with nobody in it. */
function standingDollars(deployment: Deployment) {
  const { workers } = deployment.config;
  const endpoints = found(deployment, 'AWS::EC2::VPCEndpoint').reduce(
    (sum, { SubnetIds }) => sum + ((SubnetIds as unknown[] | undefined)?.length ?? 0),
    0,
  );
  const firewalls = found(deployment, 'AWS::WAFv2::WebACL').map(
    ({ Rules }) => standing.firewallMonth + (Rules as unknown[]).length * standing.firewallRuleMonth,
  );
  return {
    endpoints: endpoints * standing.interfaceEndpointHour * standing.hoursAMonth,
    workers:
      standing.hoursAMonth *
      (Math.min(workers.min, workers.onDemandBase) * taskHour(workers, 'arm64', false) +
        Math.max(0, workers.min - workers.onDemandBase) * taskHour(workers, 'arm64', true)),
    firewall: firewalls.reduce((sum, dollars) => sum + dollars, 0),
    watching:
      alarmMetrics(deployment) * standing.alarmMetricMonth +
      countOf(deployment, 'AWS::CloudWatch::Dashboard') * standing.dashboardMonth,
    keys:
      countOf(deployment, 'AWS::KMS::Key') * standing.keyMonth +
      countOf(deployment, 'AWS::SecretsManager::Secret') * standing.secretMonth,
  };
}

/** What environments cost a month with nobody in them, as docs/operating.md says. */
export function standingTable(deployments: readonly Deployment[]): Table {
  const costs = deployments.map(standingDollars);
  const row = (name: string, of: (cost: (typeof costs)[number]) => number) => [
    name,
    ...costs.map((cost) => `$${of(cost).toFixed(0)}`),
  ];
  return [
    ['a month, idle', ...deployments.map(({ config }) => `\`${config.id}\``)],
    row('interface endpoints of the workers', ({ endpoints }) => endpoints),
    row('workers that are kept warm', ({ workers }) => workers),
    row('firewall', ({ firewall }) => firewall),
    row('alarms, dashboard', ({ watching }) => watching),
    row('keys, secret', ({ keys }) => keys),
    row('together', (cost) => Object.values(cost).reduce((sum, dollars) => sum + dollars, 0)),
  ];
}

/** Fargate's quotas are counted in vCPUs: what the largest fleet of each environment takes. */
export function fleetQuotas(deployments: readonly Deployment[]): Table {
  const cores = ({ config: { workers } }: Deployment, tasks: number) => String((workers.cpuUnits / 1024) * tasks);
  return [
    ['vCPUs of the largest fleet', ...deployments.map(({ config }) => `\`${config.id}\``)],
    ['Fargate Spot', ...deployments.map((of) => cores(of, of.config.workers.max - of.config.workers.onDemandBase))],
    [
      'Fargate On-Demand',
      ...deployments.map((of) => cores(of, of.config.workers.onDemandBase + (of.config.workers.fallback?.max ?? 0))),
    ],
  ];
}
