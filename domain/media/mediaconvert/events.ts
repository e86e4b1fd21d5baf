import * as z from 'zod';
import { RunInput } from '../../jobs/jobs.ts';
import { maxDetailLength, type Reason, type ReasonCode } from '../../video/reasons.ts';

const ofJob = {
  jobId: z.string().min(1),
  userMetadata: z.object({ videoId: RunInput.shape.videoId, attempt: z.coerce.number().pipe(RunInput.shape.attempt) }),
};

/** The states of a job that the platform asks to be told of. */
export const toldStates = ['STATUS_UPDATE', 'COMPLETE', 'ERROR', 'CANCELED'] as const;

/** `MediaConvert Job State Change` of EventBridge, as far as it is used. */
export const JobStateChange = z.object({
  detail: z.discriminatedUnion('status', [
    z.object({
      status: z.literal('STATUS_UPDATE'),
      ...ofJob,
      /** Not every job can tell. */
      jobProgress: z.object({ jobPercentComplete: z.number().min(0).max(100).optional() }).optional(),
    }),
    z.object({ status: z.literal('COMPLETE'), ...ofJob }),
    z.object({
      status: z.literal('ERROR'),
      ...ofJob,
      errorCode: z.int().optional(),
      errorMessage: z.string().optional(),
    }),
    z.object({ status: z.literal('CANCELED'), ...ofJob }),
  ]),
});
export type JobStateChange = z.infer<typeof JobStateChange>['detail'];

/**
 * MediaConvert's error codes that say more than that it failed. Where the service finds fault with the file, the creator is
 * told so; where with permissions or settings, it is ours.
 */
const reasonsByCode: Readonly<Record<number, ReasonCode>> = {
  1020: 'no-video-track',
  1030: 'unsupported-codec',
  1040: 'internal', // settings that do not go together, or not with the input
  1041: 'internal',
  1060: 'internal', // clipping, which we do not do
  1075: 'damaged',
  1076: 'truncated',
  1091: 'internal', // the key server cannot be called
  1092: 'damaged',
  1401: 'internal', // S3 denies access
  1404: 'source-missing',
  1432: 'internal', // the role
  1433: 'internal',
  1434: 'internal',
  1515: 'internal',
};

/** Why a job came to nothing. Codes that are not known, or that may mean anything, are a failed encode. */
export function reasonOfError(errorCode: number | undefined, message: string | undefined): Reason {
  const code = (errorCode !== undefined && reasonsByCode[errorCode]) || 'encode-failed';
  const detail = `MediaConvert ${errorCode ?? 'without a code'}: ${message ?? 'no message'}`;
  return { code, detail: detail.slice(0, maxDetailLength) };
}

export const canceled: Reason = { code: 'encode-failed', detail: 'the MediaConvert job was canceled' };

/** What an event of a job means for the run that it is of. */
export type JobNews =
  | { readonly is: 'progress'; readonly share: number | undefined }
  | { readonly is: 'complete' }
  | { readonly is: 'over'; readonly reason: Reason };

/** `share` is between 0 and 1. */
export function newsOf(change: JobStateChange): JobNews {
  switch (change.status) {
    case 'STATUS_UPDATE': {
      const percent = change.jobProgress?.jobPercentComplete;
      return { is: 'progress', share: percent === undefined ? undefined : percent / 100 };
    }
    case 'COMPLETE':
      return { is: 'complete' };
    case 'ERROR':
      return { is: 'over', reason: reasonOfError(change.errorCode, change.errorMessage) };
    case 'CANCELED':
      return { is: 'over', reason: canceled };
  }
}
