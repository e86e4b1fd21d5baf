import { DescribeExecutionCommand, ExecutionDoesNotExist, type ExecutionStatus } from '@aws-sdk/client-sfn';
import { type ExecutionInput, executionName, maxResumptions } from '../../domain/jobs/jobs.ts';
import type { Reason } from '../../domain/video/reasons.ts';
import { startRun } from '../../platform/runs.ts';
import type { Services } from './services.ts';

/** Whether the run goes on, or why it cannot. */
export type Progress = { readonly state: 'started' | 'running' } | { readonly state: 'over'; readonly reason: Reason };

/**
 * Sees to it that an unsettled run has an execution. A missing one is started. One that ended without settling its video
 * was broken off, not finished, and another takes the run up from its records; but not one that somebody aborted or that
 * ran out of time. `first` is the number of the execution with which the present try began.
 */
export async function ensureExecution(
  executions: Services['executions'],
  run: ExecutionInput,
  first: number,
): Promise<Progress> {
  for (let number = first; number <= first + maxResumptions; number++) {
    const status = await executionStatus(executions, executionName(run, number));
    if (status === undefined) {
      await startRun(executions, run, number);
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
