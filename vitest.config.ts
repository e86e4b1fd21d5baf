import { defineConfig } from 'vitest/config';
import { computing, deployed } from './local/suites.ts';
import { mediaEnvironment } from './local/tools.ts';

/** Suites that share one deployed local cloud; they run after one another, a file at a time: their times are real. */
const withCloud = (name: string, order: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ['test/commands/local-cloud-setup.ts'],
    env: mediaEnvironment(),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A page that is slow to show something is waited for; by itself `expect.poll` would give it one second.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { groupOrder: order },
  },
});

const alone = (name: string, order: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    env: mediaEnvironment(),
    // Of programs that they start, on a processor that others use: nobody waits for it where nothing is wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    sequence: { groupOrder: order },
  },
});

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [...computing.map(alone), ...deployed.map((name, i) => withCloud(name, computing.length + i))],
  },
});
