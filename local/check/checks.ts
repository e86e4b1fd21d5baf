import { join } from 'node:path';
import { home, root, withoutAws } from '../instance.ts';
import { runLogged } from '../run-logged.ts';
import type { Sum } from '../test-report.ts';
import { forbiddenImports, sourceFiles } from './dependency-direction.ts';

/** One thing that must hold of the source as it lies there. */
export interface Check {
  readonly name: string;
  /** @throws Error that says what does not hold. */
  readonly run: () => Promise<void>;
}

const program = (name: string, file: string, ...args: string[]): Check => ({
  name,
  run: () =>
    runLogged(process.execPath, [join(root, file), ...args], {
      env: withoutAws(),
      logFile: join(home, 'logs', `check-${name.replaceAll(' ', '-')}.log`),
    }),
});

export const checks: readonly Check[] = [
  program('types', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'),
  program('types of the web app', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'web'),
  program('lint and format', 'node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'),
  {
    name: 'dependency direction',
    run: async () => {
      const forbidden = forbiddenImports(sourceFiles());
      if (forbidden.length > 0) throw new Error(forbidden.join('\n'));
    },
  },
  program(
    'description of the API',
    'node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js',
    'docs/api/openapi.json',
  ),
  program('templates of all environments', 'bin/check-templates.ts'),
];

/** Runs all checks in turn, says how each went, and answers how many failed. */
export async function runChecks(): Promise<Sum> {
  let failed = 0;
  for (const { name, run } of checks) {
    const began = performance.now();
    // Templates take a minute: somebody who looks on is told what is being done.
    if (process.stdout.isTTY) process.stdout.write(`… ${name}\r`);
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    try {
      await run();
      console.log(`✔ ${name} (${seconds()})`);
    } catch (error) {
      failed++;
      console.log(`✖ ${name} (${seconds()})\n${error instanceof Error ? error.message : error}\n`);
    }
  }
  return { passed: checks.length - failed, failed, skipped: 0 };
}
