import { DescribeExecutionCommand, ExecutionDoesNotExist, type ExecutionStatus } from '@aws-sdk/client-sfn';
import { executionName, type RunInput } from '../../domain/jobs/jobs.ts';
import type { Reason } from '../../domain/video/reasons.ts';
import { startRun } from '../../platform/runs.ts';
import type { Services } from './services.ts';

/** How often a run is taken up again by another execution: one that fails over and over is not unlucky. */
const maxResumptions = 3;

/** Whether the run goes on, or why it cannot. */
export type Progress = { readonly state: 'started' | 'running' } | { readonly state: 'over'; readonly reason: Reason };

/**
 * Sees to it that an unsettled run has an execution. A missing one is started. One that ended without settling its video
 * was broken off, not finished, and another takes the run up from its records; but not one that somebody aborted or that
 * ran out of time.
 */
export async function ensureExecution(executions: Services['executions'], run: RunInput): Promise<Progress> {
  for (let resumption = 0; resumption <= maxResumptions; resumption++) {
    const status = await executionStatus(executions, executionName(run, resumption));
    if (status === undefined) {
      await startRun(executions, run, resumption);
      return { state: 'started' };
    }
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { state: 'running' };
    if (status === 'TIMED_OUT')
      return { state: 'over', reason: { code: 'timed-out', detail: 'the execution timed out' } };
    if (status === 'ABORTED')
      return { state: 'over', reason: { code: 'internal', detail: 'the execution was aborted' } };
  }
  return { state: 'over', reason: { code: 'internal', detail: `${maxResumptions + 1} executions broke off` } };
}

async function executionStatus(
  { sfn, stateMachineArn }: Services['executions'],
  name: string,
): Promise<ExecutionStatus | undefined> {
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    return (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status;
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}
