import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type ExecutionInput, executionName } from '../domain/jobs/jobs.ts';

/** What is needed to start an execution. */
export interface RunStarter {
  readonly sfn: SFNClient;
  readonly stateMachineArn: string;
}

/**
 * Starts the run of an arrival (arrivals.ts), unless it has been started before: its number names the execution. `started` is also the answer of AWS while the same run is still
 * going on, so it must not be counted. `number` is that of executions that take up a run whose own was lost, or has failed.
 */
export async function startRun(
  { sfn, stateMachineArn }: RunStarter,
  run: ExecutionInput,
  number = 0,
): Promise<'started' | 'already'> {
  const { videoId, attempt, ownerId } = run;
  try {
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn,
        name: executionName(run, number),
        input: JSON.stringify({ videoId, attempt, ownerId }),
      }),
    );
    return 'started';
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return 'already';
    throw error;
  }
}
