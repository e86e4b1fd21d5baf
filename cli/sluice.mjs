#!/usr/bin/env node
// Plain JavaScript, because this file may be run by a Node that cannot read TypeScript. The program itself is main.ts;
// it runs right here on Node >= 24, else in the Node that set-up has put into node_modules.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const main = new URL('./main.ts', import.meta.url);
const node24 = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const library = new URL('../node_modules/commander/package.json', import.meta.url);

if (!existsSync(library) || !existsSync(node24)) {
  console.error('sluice is not set up yet: run npm start first, in the folder of this project.');
  process.exitCode = 1;
} else if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import(main.href);
} else {
  // The IPC channel carries no messages: its end tells the child that this process is gone, however it died.
  const child = spawn(node24, [fileURLToPath(main), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
