import { inject } from 'vitest';
import { awsConfig as awsConfigOf, awsEnvironment, type Instance, placesOf, siteOf } from '../../local/instance.ts';
import { type Outputs, readOutputs } from '../../local/outputs.ts';
import { startOf } from '../../local/supervisor/process-identity.ts';
import { readRunFile } from '../../local/supervisor/run-file.ts';

/** The deployed local cloud that the suites share, started by local-cloud-setup.ts. */
export interface LocalCloud {
  readonly instance: Instance;
  /** Where the site is: web app, /api and /media. */
  readonly site: string;
  /** The cloud's own address, for AWS clients. */
  readonly endpoint: string;
  readonly outputs: Outputs;
  /** Logs of cloud, worker, edge and deployment. */
  readonly logs: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    localCloud: Instance;
  }
}

/** The code that the local cloud takes from everybody who registers. */
export const confirmationCode = '123456';

export function localCloud(): LocalCloud {
  const instance = inject('localCloud');
  return {
    instance,
    site: siteOf(instance),
    endpoint: `http://127.0.0.1:${instance.cloudPort}`,
    outputs: readOutputs(instance),
    logs: placesOf(instance).logs,
  };
}

/** Configuration of an AWS client that talks to the local cloud. */
export const awsConfig = () => awsConfigOf(inject('localCloud'));

/** The environment of a program that talks to the local cloud. */
export const awsEnvironmentOfCloud = (): NodeJS.ProcessEnv => awsEnvironment(inject('localCloud'));

export interface RunningWorker {
  readonly pid: number;
  /** To the worker alone: SIGKILL leaves its ffmpeg to the supervisor, as a dying container would. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** To the worker and all of its children: SIGSTOP holds encoding, SIGCONT lets it go on. */
  readonly signalAll: (signal: NodeJS.Signals) => void;
  readonly isAlive: () => boolean;
}

/** The worker as it runs now; one that died is started again, with another process id. */
export function worker(): RunningWorker {
  const running = readRunFile(inject('localCloud'))?.services.worker;
  if (!running) throw new Error('no worker runs');
  const { pid, startedAt } = running;
  return {
    pid,
    signal: (signal) => process.kill(pid, signal),
    signalAll: (signal) => process.kill(-pid, signal),
    isAlive: () => startOf(pid) === startedAt,
  };
}
