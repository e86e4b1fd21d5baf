import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { JobMessage, PrepareOutcome } from '../domain/jobs/jobs.ts';
import type { Stage } from '../domain/jobs/records.ts';
import { type Reason, reasons } from '../domain/video/reasons.ts';

/** What a stage tells the state machine, or undefined while it has neither ended nor been finished. */
export type Release =
  | { readonly success: PrepareOutcome | Record<string, never> }
  | { readonly failure: Reason }
  | undefined;

/**
 * Prepare answers its verdict as a value: that a file is of no use is an outcome, not a failure. Everything else that
 * closes a stage is a failure named by its reason's code, where the state machine's Catch waits for it.
 */
export function releaseOf({ name, remaining, closed }: Pick<Stage, 'name' | 'remaining' | 'closed'>): Release {
  if (closed) {
    const refused = name === 'prepare' && reasons[closed.code].end === 'rejected';
    return refused ? { success: { verdict: 'rejected', reason: closed } } : { failure: closed };
  }
  if (remaining > 0) return undefined;
  return { success: name === 'prepare' ? { verdict: 'accepted' } : {} };
}

/**
 * The stage with the token to release for this message. A message with a token releases that one: the stage may have
 * taken over another since, whose own message will come.
 */
export const stageFor = (message: JobMessage, stage: Stage): Stage =>
  message.kind === 'prepare' ? { ...stage, taskToken: message.taskToken } : stage;

export type ReleaseStage = (stage: Pick<Stage, 'name' | 'remaining' | 'closed' | 'taskToken'>) => Promise<void>;

/**
 * Releases the stage's token if there is reason to. May be called by anybody, any number of times: that the token is
 * gone means that somebody has, or that the execution has ended without us.
 */
export const stageReleaser =
  (sfn: SFNClient): ReleaseStage =>
  async (stage) => {
    const release = releaseOf(stage);
    if (release === undefined) return;
    const { taskToken } = stage;
    try {
      if ('success' in release)
        await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(release.success) }));
      else
        await sfn.send(
          new SendTaskFailureCommand({ taskToken, error: release.failure.code, cause: release.failure.detail }),
        );
    } catch (error) {
      if (!(error instanceof TaskDoesNotExist || error instanceof TaskTimedOut)) throw error;
    }
  };
