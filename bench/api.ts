import { GetFunctionConfigurationCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type SluiceClient, sluiceClient } from '../client/client.ts';
import { registry } from '../client/registry.ts';
import { originHeader } from '../lambdas/shared/origin-guard.ts';
import { anyVariables, type Bundle, bareEntry, loadMs, writeBundles } from './api/bundles.ts';
import { hosted, type Timing } from './api/hosted.ts';
import { type HotCall, hotCalls } from './api/hot-calls.ts';
import { type BenchCloud, say, startBenchCloud } from './cloud.ts';
import { setScene } from './cost/scene.ts';
import { markdown } from './simulation/tables.ts';

/**
 * Every function: the size of its bundle and how long Node takes to load it, against the bare document client loaded in the
 * same way in the same round. And the requests that come most often: how long the bundled handler takes in process, with the
 * tables of a local cloud behind it.
 */

const rounds = 9;
const calls = 200;
/** The first ones fetch keys and secrets, and are compiled. */
const warmUp = 20;

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], share: number) =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const median = (values: readonly number[]) => quantile(values, 0.5);

async function loading(all: readonly Bundle[]): Promise<string> {
  const variables = await anyVariables();
  const took = new Map(all.map(({ entry }) => [entry, [] as number[]]));
  for (let round = 0; round < rounds; round++)
    for (const { entry, file } of all) took.get(entry)?.push(loadMs(file, variables));
  const bare = took.get(bareEntry) ?? [];
  const rows = all.map(({ entry, kilobytes, allKilobytes }) => {
    const times = took.get(entry) ?? [];
    // Round by round: what slows down a round slows down both.
    const ratio = median(times.map((ms, round) => ms / (bare[round] ?? Number.NaN)));
    return [entry, kilobytes.toFixed(0), allKilobytes.toFixed(0), median(times).toFixed(0), ratio.toFixed(2)];
  });
  return markdown([['function', 'at the start, KB', 'in all, KB', 'load, ms', 'against the bare client'], ...rows]);
}

/** The environment that each service's function has in the cloud. */
async function environments(): Promise<Map<string, Record<string, string>>> {
  const lambda = new LambdaClient();
  const found = new Map<string, Record<string, string>>();
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName } of Functions) {
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { Variables = {} } = Environment ?? {};
      if (Variables['POWERTOOLS_SERVICE_NAME']) found.set(Variables['POWERTOOLS_SERVICE_NAME'], Variables);
    }
  }
  return found;
}

async function answering(cloud: BenchCloud, all: readonly Bundle[]): Promise<string> {
  const scene = await setScene(cloud);
  const variables = await environments();
  const secretId = variables.get('auth')?.['ORIGIN_SECRET_ARN'];
  const { SecretString = '' } = await new SecretsManagerClient().send(
    new GetSecretValueCommand({ SecretId: secretId }),
  );
  const rows: string[][] = [];
  for (const [service, named] of Object.entries(hotCalls(scene))) {
    const file = all.find(({ entry }) => entry === `lambdas/${service}/handler.ts`)?.file;
    if (file === undefined || !(service in registry)) throw new Error(`there is no function of ${service}`);
    const host = await hosted(file, { ...process.env, ...variables.get(service) }, { [originHeader]: SecretString });
    const client = (by: HotCall['by']): SluiceClient =>
      sluiceClient({ baseUrl: cloud.site, fetch: host.fetch, headers: { authorization: `Bearer ${scene[by].token}` } });
    for (const [name, { by, call }] of Object.entries(named)) {
      say(`${service}.${name}`);
      for (let n = 0; n < warmUp + calls; n++) await call(client(by), n);
      rows.push([`${service}.${name}`, ...figures(host.timings().slice(-calls))]);
    }
    host.stop();
  }
  await scene.close();
  return markdown([['request', 'p50, ms', 'p95, ms', 'of it processor, ms'], ...rows]);
}

const figures = (timings: readonly Timing[]) => [
  median(timings.map(({ ms }) => ms)).toFixed(1),
  quantile(
    timings.map(({ ms }) => ms),
    0.95,
  ).toFixed(1),
  median(timings.map(({ cpuMs }) => cpuMs)).toFixed(1),
];

const all = writeBundles();
process.stdout.write(`${await loading(all)}\n\n`);
const cloud = await startBenchCloud();
try {
  process.stdout.write(`${await answering(cloud, all)}\n`);
} finally {
  await cloud.stop();
}
