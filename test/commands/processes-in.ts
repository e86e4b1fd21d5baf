import { readdirSync, readlinkSync } from 'node:fs';
import { sep } from 'node:path';

/**
 * The processes of this machine that work in a directory or below it, by id: exactly those that were started there, whoever
 * their parent is by now, and whether the directory is still there or not.
 */
export const processesIn = (directory: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const at = readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
        return at === directory || at.startsWith(directory + sep);
      } catch {
        return false; // it ended while we looked, or is another user's
      }
    })
    .map(Number);
