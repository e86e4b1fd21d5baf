import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { logs, root } from './paths.mjs';
import { Refusal } from './refusal.mjs';

/** Commands that have not ended. */
const running = new Set();

/** Ends what runs beside a step that has failed. */
export function stopRunning() {
  for (const child of running) child.kill();
}

/**
 * Runs a command quietly: its output goes to .sluice/logs/LOG.log and into the answer.
 * `code` is undefined when there is no such command.
 */
export function run(command, args, { log, cwd = root, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    child.on('close', () => running.delete(child));
    let output = '';
    const keep = (data) => {
      output += data;
      if (log) appendFileSync(logFile(log), data);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: undefined, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

export function logFile(name) {
  mkdirSync(logs, { recursive: true });
  return join(logs, `${name}.log`);
}

const unreachable =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|Failed to establish a new connection|Temporary failure in name resolution|Network is unreachable|NewConnectionError|ProxyError|ConnectTimeout|ReadTimeout|Could not connect to|Failed to fetch/i;

/** Why an installer failed, in one sentence. */
export function installFailure(what, tool, result, log) {
  if (unreachable.test(result.output)) {
    return new Refusal(
      `${what} could not be downloaded: the package registry that ${tool} is set up for cannot be reached. Check the network or proxy and run this again.`,
    );
  }
  const errors = result.output.split('\n').filter((line) => /^(npm error|ERROR:|E:) \S/.test(line));
  return new Refusal(
    `${what} could not be installed: ${tool} ended with code ${result.code}. Its output is in ${logFile(log)}.\n${errors.slice(0, 5).join('\n')}`.trim(),
  );
}
