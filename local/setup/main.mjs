import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { findChromium } from './browser.mjs';
import { checkDisk, checkPlatform } from './machine.mjs';
import { installNodePackages, node24 } from './node-packages.mjs';
import { root } from './paths.mjs';
import { checkPorts } from './ports.mjs';
import { installPythonPackages, venvBin } from './python.mjs';
import { Refusal } from './refusal.mjs';
import { stopRunning } from './run.mjs';

/** What each command needs before it runs, and the program that then takes over on Node 24. */
const commands = {
  start: { program: 'local/start.ts', python: true, ports: true },
  stop: { program: 'local/stop.ts' },
  test: { program: 'local/test.ts', python: true, browser: true },
  check: { program: 'local/check.ts', python: true },
  bench: { program: (name) => `bench/${name}.ts`, python: true, browser: true },
};

export async function main([name, ...args]) {
  const command = commands[name];
  if (!command) {
    console.error(`Usage: node local/bootstrap.mjs ${Object.keys(commands).join('|')}`);
    process.exit(2);
  }
  try {
    await checkPlatform();
    await checkDisk();
    if (command.ports) await checkPorts(args);
    // Both wait for the network and the disk more than for the processor.
    await Promise.all([installNodePackages(), command.python && installPythonPackages()]);
    const chromium = command.browser ? await findChromium() : undefined;
    const program = typeof command.program === 'function' ? command.program(args.shift()) : command.program;
    takeOver(program, args, chromium && { CHROMIUM: chromium });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    stopRunning();
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
}

/** Runs the program in our place: its signals, its exit code. */
function takeOver(program, args, extraEnvironment) {
  const path = [join(root, 'node_modules/.bin'), venvBin, process.env.PATH].join(delimiter);
  const child = spawn(node24, [join(root, program), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path, ...extraEnvironment },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}
