import { spawn } from 'node:child_process';
import { presentable } from './presentable.ts';

/** What a child process may use. A file from outside decides what it does, so it gets nothing beyond its work. */
export interface ChildLimits {
  /** Its own directory: working directory and home. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Wall clock, seconds. */
  readonly timeoutSeconds: number;
  /** Address space; enough for an encode of the largest picture in all rungs unless it is said otherwise. */
  readonly memoryBytes?: number;
  /** The largest file it may write; any output of an encode unless it is said otherwise. */
  readonly fileBytes?: number;
  /** Of an output of any length only the last lines are kept; else it is kept whole, and too much of it ends the child. */
  readonly stdout?: 'tail';
  /** Bulk work yields the processor to express work, and to whatever else the machine does. */
  readonly urgency: 'express' | 'bulk';
  /** Variables beyond PATH, HOME and TMPDIR: the worker's own environment, with its credentials, is not passed on. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ChildResult {
  readonly stdout: string;
  /** The last 256 KiB of it, without what is nobody's business (presentable.ts). */
  readonly stderr: string;
}

/** A child that ended with another code than 0, or was ended. */
export class ChildFailure extends Error {
  readonly stderr: string;
  readonly timedOut: boolean;
  /** null if it was ended by a signal. */
  readonly exitCode: number | null;
  constructor(binary: string, end: string, stderr: string, timedOut: boolean, exitCode: number | null) {
    super(`${binary.split('/').at(-1)} ${end}: ${complaints(stderr).slice(-600)}`);
    this.name = 'ChildFailure';
    this.stderr = stderr;
    this.timedOut = timedOut;
    this.exitCode = exitCode;
  }
}

/** What went wrong in an output of `-loglevel level+info`; of a program without levels, all it said. */
export function complaints(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => /\[(warning|error|fatal|panic)\]/.test(line));
  return lines.length > 0 ? lines.join('\n') : stderr;
}

/**
 * A bulk child gets what express children leave, and all of it where there are none. The scheduler weighs each thread by
 * itself: at nice 10 the dozen threads of two encodes together weigh as much as the one or two of a job that somebody waits
 * for, at 19 a tenth of it. By nice(1) and not from here, where it would come too late for threads that the child has begun.
 */
const leastWeight = ['nice', '-n', '19'];

/** Measured at 2160p in six rungs: 3.3 GB of address space, 1.7 GB of them used. */
const usualMemoryBytes = 8 * 1024 ** 3;
/** A source, its outputs, libraries: a handful. */
const openFiles = 256;
const stderrBytes = 256 * 1024;
/** A line for each packet of sound, 3 KB a second and track: of many tracks they would drive out what matters. */
const chatter = /^\[noise @ .*\n/gm;
const stdoutBytes = 64 * 1024 * 1024;
const stdoutTailBytes = 256 * 1024;
/** A chunk of the costliest rung is below 200 MB. */
const usualFileBytes = 8 * 1024 ** 3;

/**
 * Runs a program to its end under limits of CPU time, address space, files and their size (prlimit) and of wall clock.
 * @throws ChildFailure if it does not exit with 0; the signal's reason if aborted.
 */
export async function runChild(binary: string, args: readonly string[], limits: ChildLimits): Promise<ChildResult> {
  limits.signal.throwIfAborted();
  const cpuSeconds = Math.ceil(limits.timeoutSeconds * 8);
  const limiting = [
    `--cpu=${cpuSeconds}`,
    `--as=${limits.memoryBytes ?? usualMemoryBytes}`,
    `--nofile=${openFiles}`,
    `--fsize=${limits.fileBytes ?? usualFileBytes}`,
    '--core=0',
  ];
  const [program = '', ...rest] = [
    ...(limits.urgency === 'bulk' ? leastWeight : []),
    ...['prlimit', ...limiting, '--', binary, ...args],
  ];
  const child = spawn(program, rest, {
    cwd: limits.cwd,
    env: { PATH: '/usr/bin:/bin', HOME: limits.cwd, TMPDIR: limits.cwd, LC_ALL: 'C', ...limits.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let timedOut = false;
  const end = () => child.kill('SIGKILL');
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, limits.timeoutSeconds * 1000);
  limits.signal.addEventListener('abort', end, { once: true });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const excess = stdout.length - (limits.stdout === 'tail' ? stdoutTailBytes : stdoutBytes);
    if (excess <= 0) return;
    if (limits.stdout === 'tail') stdout = stdout.slice(stdout.indexOf('\n', excess) + 1);
    else end();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (stderr.length > stderrBytes) stderr = stderr.replaceAll(chatter, '').slice(-stderrBytes);
  });
  try {
    const [code, signalName] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (c, s) => resolve([c, s]));
    });
    limits.signal.throwIfAborted();
    if (code !== 0) {
      const how = timedOut
        ? `ran longer than ${limits.timeoutSeconds} s`
        : signalName
          ? `was ended by ${signalName}`
          : `exited with ${code}`;
      throw new ChildFailure(binary, how, presentable(stderr), timedOut, code);
    }
    return { stdout, stderr: presentable(stderr) };
  } finally {
    clearTimeout(timer);
    limits.signal.removeEventListener('abort', end);
  }
}

/** User and system seconds that ffmpeg reports of itself with `-benchmark`. */
export function benchmarkedCpuSeconds(stderr: string): number {
  const match = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr);
  return match ? Number(match[1]) + Number(match[2]) : 0;
}
