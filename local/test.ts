import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './check/checks.ts';
import { home, root } from './instance.ts';
import { type Sum, sumOfReport, sumOfRun } from './test-report.ts';

/** `npm test`: the checks, then every suite; ends with one line that sums them up. Arguments go to vitest. */

const report = join(home, 'logs/tests.json');

const checked = await runChecks();
const tested = await runSuites(process.argv.slice(2));
const sum = { passed: checked.passed + tested.passed, failed: checked.failed + tested.failed, skipped: tested.skipped };
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
process.exit(sum.failed === 0 ? 0 : 1);

async function runSuites(args: readonly string[]): Promise<Sum> {
  mkdirSync(join(home, 'logs'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => vitest.kill(signal));
  const code = await new Promise<number | null>((resolve) => vitest.once('close', resolve));
  return sumOfRun(code, readReport());
}

function readReport(): Sum | undefined {
  try {
    return sumOfReport(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}
