import {
  BadRequestException,
  CreateJobCommand,
  GetJobCommand,
  type MediaConvertClient,
  NotFoundException,
} from '@aws-sdk/client-mediaconvert';
import * as z from 'zod';
import type { JobPlace } from '../../../domain/media/mediaconvert/configuration.ts';
import { canceled, type JobNews, reasonOfError } from '../../../domain/media/mediaconvert/events.ts';
import { transcodeRequest } from '../../../domain/media/mediaconvert/job.ts';
import type { Plan } from '../../../domain/media/plan.ts';
import { maxDetailLength, type Reason } from '../../../domain/video/reasons.ts';
import type { Jobs } from '../../../platform/records/jobs/jobs.ts';
import { type CancelTranscode, transcodeCanceller } from '../../../platform/transcode-cancelling.ts';

/** MediaConvert, as this service uses it. */
export interface Transcoder {
  /**
   * Gives a title away; the id of the job. Or why it was not taken, and will not be if asked again. `after`: the id of the job that
   * was cancelled before.
   */
  readonly submit: (
    plan: Plan,
    after: string | undefined,
  ) => Promise<{ readonly jobId: string } | { readonly refused: Reason }>;
  /** What there is to hear of a job: the same as its last event would say. */
  readonly newsOf: (jobId: string) => Promise<JobNews>;
  readonly cancel: CancelTranscode;
}

const Created = z.object({ Job: z.object({ Id: z.string().min(1) }) });

export const transcoder = (
  client: MediaConvertClient,
  place: JobPlace,
  jobs: Pick<Jobs, 'getJob' | 'recordFailure'>,
): Transcoder => ({
  cancel: transcodeCanceller(client, jobs),
  async submit(plan, after) {
    try {
      const answer = await client.send(new CreateJobCommand(transcodeRequest(plan, place, after)));
      return { jobId: Created.parse(answer).Job.Id };
    } catch (error) {
      if (!(error instanceof BadRequestException)) throw error;
      const detail = `MediaConvert does not take the job: ${error.message}`;
      return { refused: { code: 'internal', detail: detail.slice(0, maxDetailLength) } };
    }
  },
  async newsOf(jobId) {
    try {
      const { Job: job } = await client.send(new GetJobCommand({ Id: jobId }));
      switch (job?.Status) {
        case 'COMPLETE':
          return { is: 'complete' };
        case 'ERROR':
          return { is: 'over', reason: reasonOfError(job.ErrorCode, job.ErrorMessage) };
        case 'CANCELED':
          return { is: 'over', reason: canceled };
        default:
          return { is: 'progress', share: job?.JobPercentComplete && job.JobPercentComplete / 100 };
      }
    } catch (error) {
      // Jobs are kept for three months: one that is not there was of another account.
      if (error instanceof NotFoundException) return { is: 'over', reason: gone };
      throw error;
    }
  },
});

const gone: Reason = { code: 'encode-failed', detail: 'the MediaConvert job is not there any more' };
