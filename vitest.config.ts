import { defineConfig } from 'vitest/config';
import { mediaEnvironment } from './local/tools.ts';

/** Suites that share one deployed local cloud; they run after one another, a file at a time: their times are real. */
const deployed = (name: string, order: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ['test/commands/local-cloud-setup.ts'],
    env: mediaEnvironment(),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { groupOrder: order },
  },
});

const alone = (name: string) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    env: mediaEnvironment(),
    testTimeout: 30_000,
    sequence: { groupOrder: 0 },
  },
});

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      alone('unit'),
      alone('stacks'),
      deployed('system', 1),
      deployed('hostile', 2),
      deployed('browser', 3),
      // Last, since it kills what the others use.
      deployed('faults', 4),
    ],
  },
});
