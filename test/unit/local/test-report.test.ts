import { describe, expect, it } from 'vitest';
import { added, sumOfReport, sumOfRun } from '../../../local/test-report.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((t) => ({ status: t })) });

describe('the sum of a test run', () => {
  it('counts tests over all files', () => {
    const report = {
      testResults: [file('passed', 'passed', 'passed', 'skipped'), file('failed', 'passed', 'failed', 'todo')],
    };
    expect(sumOfReport(report)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be run as a failure', () => {
    expect(sumOfReport({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('is added up over runs', () => {
    const sums = [file('failed', 'failed', 'skipped'), file('passed', 'passed', 'passed')];
    const each = sums.map((result) => sumOfReport({ testResults: [result] }));
    expect(added(...each)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it('is never green for a run that ended badly', () => {
    expect(sumOfRun(1, { passed: 5, failed: 0, skipped: 0 }).failed).toBe(1);
    expect(sumOfRun(1, undefined).failed).toBe(1);
    expect(sumOfRun(1, { passed: 5, failed: 2, skipped: 0 }).failed).toBe(2);
    expect(sumOfRun(0, { passed: 5, failed: 0, skipped: 0 }).failed).toBe(0);
  });
});
