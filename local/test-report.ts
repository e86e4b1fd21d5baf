import * as z from 'zod';

export interface Sum {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's JSON report that we count. */
const Report = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** Counts tests; a file that failed before or outside its tests counts as one failed test. */
export function sumOfReport(report: unknown): Sum {
  const { testResults } = Report.parse(report);
  const count = (...statuses: string[]) =>
    testResults.flatMap((file) => file.assertionResults).filter(({ status }) => statuses.includes(status)).length;
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  return {
    passed: count('passed'),
    failed: count('failed') + broken.length,
    skipped: count('pending', 'skipped', 'todo', 'disabled'),
  };
}

/** The sum of a run: one that ended badly without a failed test (an error outside of tests, a crash) is a failure. */
export function sumOfRun(code: number | null, report: Sum | undefined): Sum {
  const sum = report ?? { passed: 0, failed: 0, skipped: 0 };
  return code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}

export const added = (...sums: readonly Sum[]): Sum => ({
  passed: sums.reduce((all, { passed }) => all + passed, 0),
  failed: sums.reduce((all, { failed }) => all + failed, 0),
  skipped: sums.reduce((all, { skipped }) => all + skipped, 0),
});
