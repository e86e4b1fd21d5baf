import * as z from 'zod';
import { PictureId, UploadId, UserId, VideoId } from '../ids.ts';
import { Reason } from '../video/reasons.ts';

const ofRun = { videoId: VideoId, attempt: z.int().positive() };

/** What a queue carries: which job to look up. The job record is the truth; a message only wakes a worker. */
export const JobMessage = z.discriminatedUnion('kind', [
  /** Probe, verdict, plan, segment 1, manifests. Carries the stage's token because it creates its own record. */
  z.object({ kind: z.literal('prepare'), ...ofRun, taskToken: z.string() }),
  /** A chunk of the plan, all eager rungs and audio. `index` counts from 0. */
  z.object({ kind: z.literal('chunk'), ...ofRun, index: z.int().nonnegative() }),
  /** One segment that a viewer waits for: of this rung, with the lowest and the audio. `number` counts from 1. */
  z.object({ kind: z.literal('segment'), ...ofRun, rung: z.string(), number: z.int().positive() }),
  /** The candidates for the poster. */
  z.object({ kind: z.literal('poster'), ...ofRun }),
  /** A picture that a creator sent to be the poster. */
  z.object({ kind: z.literal('picture'), ...ofRun, pictureId: PictureId }),
  /** Text tracks of the source, made into captions. */
  z.object({ kind: z.literal('captions'), ...ofRun }),
  /** The head and tail of a source that is still being sent, for the run to come. Their base64 SHA-256. */
  z.object({ kind: z.literal('peek'), ...ofRun, uploadId: UploadId, head: z.string(), tail: z.string() }),
]);
export type JobMessage = z.infer<typeof JobMessage>;
export type JobKind = JobMessage['kind'];

/** The whole title's encode by MediaConvert: a job that no queue carries and no worker takes. Its kind is its id. */
export const transcodeJob = 'transcode';
export const TranscodeJob = z.object({ kind: z.literal(transcodeJob), ...ofRun });
/** A job as its record names it. */
export const Job = z.discriminatedUnion('kind', [...JobMessage.options, TranscodeJob]);
export type Job = z.infer<typeof Job>;
/** Whether workers do the job. */
export const isForWorkers = (job: Job): job is JobMessage => job.kind !== transcodeJob;
export type MessageOf<K extends JobKind> = Extract<JobMessage, { kind: K }>;

/** What a prepare job answers to the state machine: a value, never an exception, when the file itself is at fault. */
export const PrepareOutcome = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('accepted') }),
  z.object({ verdict: z.literal('rejected'), reason: Reason }),
]);
export type PrepareOutcome = z.infer<typeof PrepareOutcome>;

/** Which run: an attempt at a video. */
export const RunInput = z.object(ofRun);
export type RunInput = z.infer<typeof RunInput>;

/** The input of an execution of process-video, exactly. Work is fair between owners, so it names them. */
export const ExecutionInput = RunInput.extend({ ownerId: UserId });
export type ExecutionInput = z.infer<typeof ExecutionInput>;

/**
 * The execution's name: any number of starts of one run are one execution. A run whose execution was lost, or has failed
 * and is to be tried again, is taken up from what its records say by another `number`.
 */
export const executionName = (run: RunInput, number = 0) =>
  `${run.videoId}-${run.attempt}${number === 0 ? '' : `-${number}`}`;

/** How often a run is taken up again by another execution: one that fails over and over is not unlucky. */
export const maxResumptions = 3;

/** The stages whose work workers do. Each waits for a task token, which its last job releases. */
export const StageName = z.enum(['prepare', 'encode']);
export type StageName = z.infer<typeof StageName>;

/** The stage that a job counts in; undefined for a job that somebody waits for and no stage does. */
export const stageOf = (kind: JobKind): StageName | undefined => {
  if (kind === 'peek' || kind === 'segment' || kind === 'picture') return undefined;
  return kind === 'prepare' ? 'prepare' : 'encode';
};

/** Somebody waits for it: a creator for the first picture, or for their own, a viewer for the next. The rest is bulk. */
export const isExpress = (kind: JobKind): boolean => kind !== 'chunk' && kind !== 'poster' && kind !== 'captions';

/** How a job is looked up within its run. */
export function jobId(message: Job): string {
  switch (message.kind) {
    case 'chunk':
      return `chunk-${inOrder(message.index)}`;
    case 'segment':
      return `${raisedPrefix}${message.rung}-${inOrder(message.number)}`;
    case 'picture':
      return `picture-${message.pictureId}`;
    default:
      return message.kind;
  }
}

/** Ids sort as numbers do. */
const inOrder = (number: number) => String(number).padStart(5, '0');
/** Ids of raised segments begin with it. */
export const raisedPrefix = 'segment-';

/** A message of a queue whose worker sent no heartbeat for this long goes to another worker. */
export const visibilityTimeoutSeconds = 25;
/** So long a worker owns a job that it claimed, from its last heartbeat: exactly as long as others do not see its message. */
export const leaseSeconds = visibilityTimeoutSeconds;
/** A working worker extends its message and its lease this often: three heartbeats may be lost. */
export const heartbeatSeconds = 6;
/** Tries of one job before its video fails: what fails three times on different workers is not chance. */
export const maxTries = 3;
/** Bulk messages of one video outstanding at a time, at the least: more than one worker has in hand. */
export const leastOutstanding = 8;
/**
 * The same for a fleet that may come to have so many bulk slots: twice as many, so that one video can keep all of them busy and
 * a slow job keeps back nothing but its own successor. Between videos the queue is fair by its message groups.
 */
export const outstandingFor = (bulkSlots: number): number => Math.max(leastOutstanding, 2 * bulkSlots);
/** How long a job rests after its failed try number `tries`, in seconds: 5, 20. A full disk or a lost link may pass. */
export const retryDelaySeconds = (tries: number) => 5 * 4 ** (tries - 1);
