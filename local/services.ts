import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { awsEnvironment, cloudUrlOf, type Instance, placesOf, root, siteOf, withoutAws } from './instance.ts';
import type { Outputs } from './outputs.ts';
import type { Service } from './supervisor/protocol.ts';
import { mediaEnvironment, tools } from './tools.ts';

const strings = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** The program that stands for AWS. It runs Lambdas on the first `node` of its PATH and must not know an endpoint URL. */
export function cloudService(instance: Instance): Service {
  const { cloud, logs, temporary } = placesOf(instance);
  const { python } = tools();
  return {
    name: 'cloud',
    command: python,
    args: [join(root, 'local/cloud/launch.py'), cloud],
    env: strings({
      ...withoutAws(),
      PATH: [dirname(process.execPath), dirname(python), process.env['PATH']].join(delimiter),
      NODE_PATH: join(root, 'node_modules'),
      TMPDIR: temporary,
      GATEWAY_PORT: String(instance.cloudPort),
      BIND_HOST: '127.0.0.1',
      PERSIST_STATE: '1',
      STATE_DIR: join(cloud, 'state'),
      S3_PERSIST: '1',
      S3_DATA_DIR: join(cloud, 'objects'),
      // Neither is used, and the first would listen on all interfaces.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    }),
    logFile: join(logs, 'cloud.log'),
    readyWhen: { answers: `${cloudUrlOf(instance)}/_ministack/ready` },
    onDeath: 'stopAll',
    stopSeconds: 60,
  };
}

/** An encode of all rungs keeps two cores busy; at least one more fills the gaps in which it packages and sends. */
const bulkSlots = String(Math.max(2, Math.floor(availableParallelism() / 2)));

/** The worker program of the container, as a process. */
export function workerService(instance: Instance, { WorkerEnvironment }: Outputs): Service {
  const { logs, scratch } = placesOf(instance);
  return {
    name: 'worker',
    command: process.execPath,
    args: [join(root, 'worker/main.ts')],
    env: strings({
      ...awsEnvironment(instance),
      ...WorkerEnvironment,
      ...mediaEnvironment(),
      SCRATCH_DIR: scratch,
      BULK_SLOTS: bulkSlots,
    }),
    logFile: join(logs, 'worker.log'),
    readyWhen: { says: '"worker started"' },
    onDeath: 'restart',
    stopSeconds: 15,
  };
}

/** The stand-in for the distribution. */
export function edgeService(instance: Instance, outputs: Outputs): Service {
  const bucket = (name: string) => `${cloudUrlOf(instance)}/${name}`;
  return {
    name: 'edge',
    command: process.execPath,
    args: [join(root, 'local/edge/main.ts')],
    env: strings({
      ...awsEnvironment(instance),
      EDGE_PORT: String(instance.edgePort),
      API_ENDPOINT: outputs.ApiEndpoint,
      ORIGIN_SECRET_ARN: outputs.OriginSecretArn,
      MEDIA_ORIGIN: bucket(outputs.MediaBucketName),
      ON_DEMAND_ORIGIN: `${cloudUrlOf(instance)}/_aws/lambda-url/${new URL(outputs.OnDemandOriginUrl).host.split('.')[0]}`,
      WEB_ORIGIN: bucket(outputs.WebBucketName),
      UPLOADS_ORIGIN: cloudUrlOf(instance),
    }),
    logFile: join(placesOf(instance).logs, 'edge.log'),
    readyWhen: { answers: `${siteOf(instance)}/` },
    onDeath: 'restart',
    stopSeconds: 5,
  };
}
