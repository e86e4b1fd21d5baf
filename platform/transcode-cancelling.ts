import {
  CancelJobCommand,
  ConflictException,
  type MediaConvertClient,
  NotFoundException,
} from '@aws-sdk/client-mediaconvert';
import { type RunInput, transcodeJob } from '../domain/jobs/jobs.ts';
import type { Reason } from '../domain/video/reasons.ts';
import type { Jobs } from './records/jobs/jobs.ts';

/** Ends what MediaConvert is making of a run, if it is at it. May be called any number of times. */
export type CancelTranscode = (run: RunInput) => Promise<void>;

const why: Reason = { code: 'cancelled', detail: 'the video was deleted' };

/**
 * The record goes on naming the job that was cancelled, as one that is to be done again: news of that one are nobody's from then
 * on, and a run that is taken up after all gives the title away anew. A job that is over stays as it is, to be heard of.
 */
export const transcodeCanceller =
  (client: MediaConvertClient, jobs: Pick<Jobs, 'getJob' | 'recordFailure'>): CancelTranscode =>
  async (run) => {
    const { state, workerId } = (await jobs.getJob(run, transcodeJob)) ?? {};
    if (state !== 'running' || workerId === undefined) return;
    try {
      await client.send(new CancelJobCommand({ Id: workerId }));
    } catch (error) {
      if (error instanceof ConflictException || error instanceof NotFoundException) return;
      throw error;
    }
    await jobs.recordFailure({ run, jobId: transcodeJob, workerId }, { lastError: why, failedAt: Date.now() });
  };
