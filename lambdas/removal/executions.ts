import { ExecutionDoesNotExist, SFNServiceException, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { executionName, maxResumptions } from '../../domain/jobs/jobs.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Parts } from './parts.ts';

/** What the history of a stopped execution says. */
const why = { error: 'cancelled', cause: 'The video was deleted.' };

/**
 * Stops the executions by which a run may have been taken up, the first of which has this number. Workers drop what is left of it by
 * themselves; this ends the waiting.
 */
export async function stopExecutions(
  { executions: { sfn, stateMachineArn } }: Pick<Parts, 'executions'>,
  { videoId, attempt }: Pick<Video, 'videoId' | 'attempt'>,
  first: number,
): Promise<void> {
  const executions = stateMachineArn.replace(':stateMachine:', ':execution:');
  for (let number = first; number <= first + maxResumptions; number++) {
    const executionArn = `${executions}:${executionName({ videoId, attempt }, number)}`;
    try {
      await sfn.send(new StopExecutionCommand({ executionArn, ...why }));
    } catch (error) {
      // Each is begun after the one before it has ended.
      if (error instanceof ExecutionDoesNotExist) return;
      if (!isOver(error)) throw error;
    }
  }
}

const isOver = (error: unknown) => error instanceof SFNServiceException && error.name === 'ValidationException';
