import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a program cost: wall clock, and user plus system time of it and its children, in seconds. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

/** Runs a program to its end. @throws Error with what it wrote to stderr if it fails. */
export async function run(binary: string, args: readonly string[], options: { cwd?: string } = {}): Promise<Cost> {
  const before = childCpuSeconds(process.pid);
  const started = performance.now();
  let stderr = '';
  const child = spawn(binary, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4000);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${binary} exited with ${code}: ${stderr}`);
  return { wallSeconds: (performance.now() - started) / 1000, cpuSeconds: childCpuSeconds(process.pid) - before };
}

/** Clock ticks a second of /proc; fixed at 100 on Linux for every architecture that Node runs on. */
const ticksPerSecond = 100;

const fields = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);

/** User and system seconds of a process's ended children (proc(5): cutime, cstime). */
export function childCpuSeconds(pid: number): number {
  const stat = fields(pid);
  return ((stat[13] ?? 0) + (stat[14] ?? 0)) / ticksPerSecond;
}

/** The same, with the process's own. */
export function cpuSeconds(pid: number): number {
  const stat = fields(pid);
  return ((stat[11] ?? 0) + (stat[12] ?? 0)) / ticksPerSecond + childCpuSeconds(pid);
}
