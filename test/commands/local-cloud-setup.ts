import type { TestProject } from 'vitest/node';
import { removeAllButLogs, removeState } from '../../local/cloud/state.ts';
import type { Instance } from '../../local/instance.ts';
import type { Step } from '../../local/steps.ts';
import { startSupervisor } from '../../local/supervisor/client.ts';
import { isAlive, readRunFile } from '../../local/supervisor/run-file.ts';
import { stopInstance } from '../../local/supervisor/stop-instance.ts';
import { stepsUp } from '../../local/up.ts';
import { freePorts } from './free-ports.ts';
import './local-cloud.ts';

/** An instance of its own, always new, beside the one of `npm start`. */
interface Shared {
  readonly instance: Promise<Instance>;
  readonly stop: () => Promise<void>;
  /** Projects that have not ended yet. */
  users: number;
}

/** Each project loads this module for itself; what they share is found here. */
const place = globalThis as { [key: symbol]: Shared | undefined };
const key = Symbol.for('sluice.local-cloud');

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  place[key] ??= start();
  const shared = place[key];
  shared.users++;
  project.provide('localCloud', await shared.instance);
  return async () => {
    shared.users--;
    if (shared.users === 0) await shared.stop();
  };
}

function start(): Shared {
  let stop = async () => {};
  const up = async (): Promise<Instance> => {
    const [edgePort, cloudPort, mediaConvertPort] = await freePorts();
    const instance = { name: freeName(), edgePort, cloudPort, mediaConvertPort };
    await stopInstance(instance);
    removeState(instance);
    const supervisor = startSupervisor(instance, (notice) => {
      if (notice.is === 'stopping' && notice.why !== 'told to') console.error(`The local cloud stops: ${notice.why}`);
    });
    stop = async () => {
      await supervisor.stop();
      removeAllButLogs(instance);
    };
    try {
      for (const step of stepsUp(instance, supervisor)) await runPlainly(step);
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
    return instance;
  };
  return { instance: up(), stop: () => stop(), users: 0 };
}

/** Runs a step with one line of progress. */
async function runPlainly(step: Step): Promise<void> {
  if ('together' in step) {
    await Promise.all(step.together.map(runPlainly));
    return;
  }
  const began = performance.now();
  await step.run(() => undefined);
  console.log(`✔ ${step.title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}

/** Several runs may go on at once. */
function freeName(): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'test' : `test-${number}`;
    const runs = readRunFile({ name });
    if (!runs || !isAlive(runs.supervisor)) return name;
  }
}
