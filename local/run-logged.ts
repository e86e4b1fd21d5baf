import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './instance.ts';

/**
 * Runs a program to its end; each line of its output goes to the log and to `onLine`.
 * @throws Error with its last lines unless it ends with code 0.
 */
export async function runLogged(
  command: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; logFile: string; onLine?: (line: string) => void },
): Promise<void> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile);
  const lines: string[] = [];
  const child = spawn(command, args, { cwd: root, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      options.onLine?.(line);
    });
  }
  const end = () => child.kill();
  process.once('exit', end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.off('exit', end);
  log.end();
  if (code !== 0) throw new Error(`${lines.slice(-15).join('\n')}\n(all of it: ${options.logFile})`);
}
