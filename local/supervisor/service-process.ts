import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../instance.ts';
import type { Service } from './protocol.ts';

/** One run of a service: a process group of its own, so that Ctrl-C reaches it in our order, and with its children. */
export interface ServiceProcess {
  readonly service: Service;
  readonly pid: number;
  /** Resolves, in words, when the process has ended. */
  readonly ended: Promise<string>;
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const readyWithinMs = 60_000;

/** The log begins anew, unless it is started `again`. */
export function startProcess(service: Service, again: boolean): ServiceProcess {
  mkdirSync(dirname(service.logFile), { recursive: true });
  const log = openSync(service.logFile, again ? 'a' : 'w');
  const child = spawn(service.command, service.args, {
    cwd: root,
    env: service.env,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      // What a killed service leaves behind, such as an ffmpeg, must not work on beside its successor.
      if (child.pid !== undefined) killGroup(child.pid);
      resolve(signal ? `ended by ${signal}` : `ended with code ${code}`);
    });
  });
  return {
    service,
    pid: child.pid ?? 0,
    ended,
    ready: () => untilReady(service, ended),
    stop: () => stopGroup(child, ended, service.stopSeconds),
  };
}

/** @throws Error with the last lines of the log if the service ends, or does not answer in time. */
async function untilReady(service: Service, ended: Promise<string>): Promise<void> {
  let end: string | undefined;
  void ended.then((how) => {
    end = how;
  });
  const deadline = Date.now() + readyWithinMs;
  while (!(await isReady(service))) {
    if (end !== undefined) throw new Error(`${service.name} ${end}\n${lastLines(service.logFile)}`);
    if (Date.now() > deadline) throw new Error(`${service.name} does not come up\n${lastLines(service.logFile)}`);
    await sleep(100);
  }
}

const isReady = async ({ readyWhen, logFile }: Service): Promise<boolean> =>
  'answers' in readyWhen ? answers(readyWhen.answers) : readFileSync(logFile, 'utf8').includes(readyWhen.says);

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );

const lastLines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');

async function stopGroup(child: ChildProcess, ended: Promise<string>, seconds: number): Promise<void> {
  if (child.pid === undefined) return;
  // To the service alone, so that it may end its children in its own order.
  child.kill('SIGTERM');
  const timer = new AbortController();
  await Promise.race([ended, sleep(seconds * 1000, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
  if (child.exitCode === null && child.signalCode === null) killGroup(child.pid);
  await ended;
}

export function killGroup(group: number): void {
  // Of a service that could not be started. To the system, 0 is the group of whoever asks.
  if (group === 0) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
