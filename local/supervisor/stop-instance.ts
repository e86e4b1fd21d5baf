import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from '../instance.ts';
import { isAlive, type Running, readRunFile, removeRunFile } from './run-file.ts';
import { killGroup } from './service-process.ts';

/** The cloud writes its state to disk as it ends. */
const stopWithinMs = 60_000;

/**
 * Ends what runs of an instance, whoever started it; also what a killed supervisor left behind.
 * Answers whether anything ran.
 */
export async function stopInstance(instance: Pick<Instance, 'name'>): Promise<boolean> {
  const file = readRunFile(instance);
  if (file === undefined) return false;
  const { supervisor, services } = file;
  const ours = [supervisor, services.edge, services.worker, services.cloud].filter((p) => p !== undefined);
  const ran = ours.some(isAlive);
  // The supervisor ends its services in order; without one we do.
  for (const process of ours) await end(process);
  removeRunFile(instance);
  return ran;
}

async function end(target: Running): Promise<void> {
  if (!isAlive(target)) return;
  process.kill(target.pid, 'SIGTERM');
  const deadline = Date.now() + stopWithinMs;
  while (isAlive(target) && Date.now() < deadline) await sleep(50);
  if (isAlive(target)) killGroup(target.pid);
}
