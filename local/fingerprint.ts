import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './instance.ts';

/** A hash of files and folders of the project, by name and contents; what is not there counts as empty. */
export function fingerprint(paths: readonly string[], ...more: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths)
    for (const file of filesOf(path)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  for (const text of more) hash.update(`\0${text}`);
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(join(root, path))
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .sort();
  return names.flatMap((name) => filesOf(join(path, name)));
}
