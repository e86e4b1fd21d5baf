import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { type Instance, placesOf } from '../instance.ts';
import { startOf } from './process-identity.ts';

const Running = z.object({ pid: z.int(), startedAt: z.string() });
export type Running = z.infer<typeof Running>;

/** What runs of an instance: process ids with their start, so that only our own processes are ever ended. */
const RunFile = z.object({
  supervisor: Running,
  edgePort: z.int(),
  cloudPort: z.int(),
  services: z.partialRecord(z.enum(['cloud', 'worker', 'edge']), Running),
});
export type RunFile = z.infer<typeof RunFile>;

export function readRunFile(instance: Pick<Instance, 'name'>): RunFile | undefined {
  let text: string;
  try {
    text = readFileSync(placesOf(instance).running, 'utf8');
  } catch {
    return undefined;
  }
  return RunFile.parse(JSON.parse(text));
}

export function writeRunFile(instance: Instance, contents: RunFile): void {
  const file = placesOf(instance).running;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(contents, null, 2));
  renameSync(`${file}.new`, file);
}

export const removeRunFile = (instance: Pick<Instance, 'name'>) => rmSync(placesOf(instance).running, { force: true });

export const isAlive = ({ pid, startedAt }: Running): boolean => startOf(pid) === startedAt;
