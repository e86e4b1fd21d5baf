import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { type Instance, placesOf } from './instance.ts';

/** What an instance's earlier starts have done, so that a later one need not: fingerprints of what went into it. */
const Done = z.object({
  deployed: z.string().optional(),
  built: z.string().optional(),
  published: z.string().optional(),
  /** The first video's id. */
  firstVideo: z.string().optional(),
});
export type Done = z.infer<typeof Done>;

export function readDone(instance: Instance): Done {
  let text: string;
  try {
    text = readFileSync(placesOf(instance).done, 'utf8');
  } catch {
    return {};
  }
  return Done.parse(JSON.parse(text));
}

export function noteDone(instance: Instance, more: Done): void {
  const file = placesOf(instance).done;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...readDone(instance), ...more }, null, 2));
}

export const forgetDone = (instance: Instance) => rmSync(placesOf(instance).done, { force: true });
