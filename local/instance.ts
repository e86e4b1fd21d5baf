import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
/** Everything that we make on this machine, but for node_modules. */
export const home = join(root, '.sluice');

/** One deployment of the `local` stage on this machine: a cloud, a worker and an edge of its own. */
export interface Instance {
  readonly name: string;
  readonly edgePort: number;
  readonly cloudPort: number;
  /** Where something answers for MediaConvert, which the cloud does not have. Without it there is no such engine. */
  readonly mediaConvertPort?: number;
}

/** What `npm start` runs. */
export const defaultInstance: Instance = { name: 'local', edgePort: 4700, cloudPort: 4710 };

export const siteOf = (instance: Instance) => `http://127.0.0.1:${instance.edgePort}`;
export const cloudUrlOf = (instance: Instance) => `http://127.0.0.1:${instance.cloudPort}`;

export const mediaConvertUrlOf = ({ mediaConvertPort }: Instance) =>
  mediaConvertPort === undefined ? undefined : `http://127.0.0.1:${mediaConvertPort}`;

/** Where an instance keeps things. */
export function placesOf(instance: Pick<Instance, 'name'>) {
  const state = join(home, instance.name);
  return {
    state,
    logs: join(state, 'logs'),
    cloud: join(state, 'cloud'),
    temporary: join(state, 'tmp'),
    scratch: join(state, 'scratch'),
    web: join(state, 'web'),
    assembly: join(state, 'cdk.out'),
    outputs: join(state, 'outputs.json'),
    done: join(state, 'done.json'),
    demo: join(state, 'demo.json'),
    running: join(state, 'run.json'),
  } as const;
}

/**
 * The environment of a program that talks to the instance's cloud. The developer's own AWS settings are taken out, so
 * that nothing here can ever reach a real account.
 */
export function awsEnvironment(instance: Instance): NodeJS.ProcessEnv {
  return {
    ...withoutAws(),
    AWS_ENDPOINT_URL: cloudUrlOf(instance),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

/** Configuration of an AWS client of ours that talks to the instance's cloud. */
export const awsConfig = (instance: Instance) => ({
  endpoint: cloudUrlOf(instance),
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export const withoutAws = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('CDK_')),
  );
