import { setTimeout as pause } from 'node:timers/promises';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  paginateListFunctions,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { registry } from '../client/registry.ts';
import { say, startBenchCloud } from './cloud.ts';
import { actions } from './cost/actions.ts';
import { type Recorder, startRecorder, type Usage } from './cost/recorder.ts';
import { setScene } from './cost/scene.ts';
import { markdown } from './simulation/tables.ts';

/**
 * What each thing that people do takes of the tables: all functions of a deployed local cloud find DynamoDB behind a
 * recorder, and so do those that only hear of it by events and streams.
 */

/** What is looked at, by the SDK's names for an endpoint of a service. */
const watched = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  kms: 'AWS_ENDPOINT_URL_KMS',
  eventbridge: 'AWS_ENDPOINT_URL_EVENTBRIDGE',
  cognito: 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER',
} as const;

/** What comes of an action by events and streams is over when nothing has been asked for this long. */
const quietMs = 2500;

async function watchFunctions(recorder: Recorder): Promise<void> {
  const lambda = new LambdaClient();
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName } of Functions) {
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const name = Environment?.Variables?.['POWERTOOLS_SERVICE_NAME'];
      if (name === undefined) continue;
      const addresses = Object.entries(watched).map(([service, variable]) => [
        variable,
        recorder.addressFor(name, service),
      ]);
      const Variables = { ...Environment?.Variables, ...Object.fromEntries(addresses) };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    }
  }
}

async function quiet(recorder: Recorder): Promise<void> {
  const began = Date.now();
  while (Date.now() - Math.max(began, recorder.lastAskedAt()) < quietMs) await pause(100);
}

const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const sum = (usages: readonly Usage[], of: 'readUnits' | 'writeUnits') =>
  number(usages.reduce((total, usage) => total + usage[of], 0));

function row(name: string, requests: number, byFunction: ReadonlyMap<string, Usage>): string[] {
  const all = [...byFunction];
  const isService = ([lambda]: (typeof all)[number]) => lambda in registry;
  const usages = (of: typeof all) => of.map(([, usage]) => usage);
  const [asked, behind] = [usages(all.filter(isService)), usages(all.filter((one) => !isService(one)))];
  const others = new Map<string, number>();
  for (const usage of usages(all))
    for (const [what, count] of Object.entries(usage.requests)) others.set(what, (others.get(what) ?? 0) + count);
  return [
    name,
    String(requests),
    sum(asked, 'readUnits'),
    sum(asked, 'writeUnits'),
    sum(behind, 'readUnits'),
    sum(behind, 'writeUnits'),
    [...others].map(([what, count]) => `${count} ${what}`).join(', '),
  ];
}

const cloud = await startBenchCloud();
const recorder = await startRecorder(process.env['AWS_ENDPOINT_URL'] ?? '');
try {
  await watchFunctions(recorder);
  const scene = await setScene(cloud);
  await quiet(recorder);
  const rows: string[][] = [];
  for (const [name, act] of Object.entries(actions(scene))) {
    say(name);
    recorder.take();
    const before = scene.requests();
    await act();
    await quiet(recorder);
    rows.push(row(name, scene.requests() - before, recorder.take()));
  }
  const head = ['action', 'requests', 'reads', 'writes', 'reads behind', 'writes behind', 'other requests'];
  process.stdout.write(`${markdown([head, ...rows])}\n`);
  await scene.close();
} finally {
  await recorder.stop();
  await cloud.stop();
}
