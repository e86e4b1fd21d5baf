import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './check/checks.ts';
import { home, root } from './instance.ts';
import { computing, deployed } from './suites.ts';
import { added, type Sum, sumOfReport, sumOfRun } from './test-report.ts';

/**
 * `npm test`: the suites of the deployed local cloud, and beside them what only computes: the checks, unit and template
 * tests. Ends with one line that sums them up. Arguments go to vitest, which then runs once, after the checks.
 */

/** Of nice(1): what computes takes the time in which the deployed suites wait, and no other. */
const computingNiceness = 10;

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));

const args = process.argv.slice(2);
const sum = args.length > 0 ? added(await runChecks(), await runSuites('some', args)) : await runAll();
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
process.exit(sum.failed === 0 ? 0 : 1);

async function runAll(): Promise<Sum> {
  const withCloud = runSuites('deployed', projects(deployed));
  // Our own, and that of all who are started from here on.
  setPriority(computingNiceness);
  const checked = await runChecks();
  // As a whole, or nobody could read either of the two.
  const alone = await runSuites('computing', projects(computing), 'at its end');
  return added(checked, alone, await withCloud);
}

function projects(names: readonly string[]): string[] {
  return names.map((name) => `--project=${name}`);
}

/** Runs vitest once and shows what it says. */
async function runSuites(
  name: string,
  args: readonly string[],
  shown: 'as it comes' | 'at its end' = 'as it comes',
): Promise<Sum> {
  const report = join(home, `logs/tests-${name}.json`);
  mkdirSync(join(home, 'logs'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const color = process.stdout.isTTY ? ['--color'] : [];
  const vitest = spawn(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...color, ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: Buffer[] = [];
  const show = (chunk: Buffer) => (shown === 'as it comes' ? process.stdout.write(chunk) : said.push(chunk));
  for (const stream of [vitest.stdout, vitest.stderr]) stream.on('data', show);
  running.add(vitest);
  const [code] = (await once(vitest, 'close')) as [number | null];
  running.delete(vitest);
  process.stdout.write(Buffer.concat(said));
  return sumOfRun(code, readReport(report));
}

/** Ends what runs, and only then ourselves: a run stops the cloud that it has started. */
async function end(signal: NodeJS.Signals): Promise<void> {
  const closed = [...running].map((vitest) => once(vitest, 'close'));
  for (const vitest of running) vitest.kill(signal);
  await Promise.all(closed);
  process.exit(1);
}

function readReport(file: string): Sum | undefined {
  try {
    return sumOfReport(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
