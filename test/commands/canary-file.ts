import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

/** A file that shows whether anybody has read it: a named pipe, whose bytes are gone once they are read. */
export interface CanaryFile extends Disposable {
  readonly path: string;
  /** Whether its text has been read since it was last asked. */
  readonly wasRead: () => boolean;
}

export function canaryFile(path: string, text: string): CanaryFile {
  execFileSync('mkfifo', [path]);
  // Open for both, so that nobody waits for the other side, a reader of ours or of theirs.
  const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  writeSync(pipe, text);
  return {
    path,
    wasRead() {
      const left = Buffer.alloc(text.length + 1);
      let length = 0;
      try {
        length = readSync(pipe, left);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
      writeSync(pipe, text);
      return left.toString('latin1', 0, length) !== text;
    },
    [Symbol.dispose]: () => closeSync(pipe),
  };
}
