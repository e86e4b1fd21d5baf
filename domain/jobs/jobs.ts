import * as z from 'zod';
import { UploadId, VideoId } from '../ids.ts';
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
  /** The poster. */
  z.object({ kind: z.literal('poster'), ...ofRun }),
  /** Text tracks of the source, made into captions. */
  z.object({ kind: z.literal('captions'), ...ofRun }),
  /** The head and tail of a source that is still being sent, for the run to come. Their base64 SHA-256. */
  z.object({ kind: z.literal('peek'), ...ofRun, uploadId: UploadId, head: z.string(), tail: z.string() }),
]);
export type JobMessage = z.infer<typeof JobMessage>;
export type JobKind = JobMessage['kind'];
export type MessageOf<K extends JobKind> = Extract<JobMessage, { kind: K }>;

/** What a prepare job answers to the state machine: a value, never an exception, when the file itself is at fault. */
export const PrepareOutcome = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('accepted') }),
  z.object({ verdict: z.literal('rejected'), reason: Reason }),
]);
export type PrepareOutcome = z.infer<typeof PrepareOutcome>;

/** The input of an execution of process-video, exactly. */
export const RunInput = z.object(ofRun);
export type RunInput = z.infer<typeof RunInput>;

/**
 * The execution's name: any number of starts of one run are one execution. A run whose execution was lost is taken up
 * again, from what its records say, by execution number `resumption`.
 */
export const executionName = (run: RunInput, resumption = 0) =>
  `${run.videoId}-${run.attempt}${resumption === 0 ? '' : `-${resumption}`}`;

/** The stages whose work workers do. Each waits for a task token, which its last job releases. */
export const StageName = z.enum(['prepare', 'encode']);
export type StageName = z.infer<typeof StageName>;

/** The stage that a job counts in; undefined for a job that somebody waits for and no stage does. */
export const stageOf = (kind: JobKind): StageName | undefined => {
  if (kind === 'peek' || kind === 'segment') return undefined;
  return kind === 'prepare' ? 'prepare' : 'encode';
};

/** Somebody waits for it: a creator for the first picture, a viewer for the next. The rest is bulk. */
export const isExpress = (kind: JobKind): boolean => kind !== 'chunk' && kind !== 'poster' && kind !== 'captions';

/** How a job is looked up within its run. */
export function jobId(message: JobMessage): string {
  switch (message.kind) {
    case 'chunk':
      return `chunk-${inOrder(message.index)}`;
    case 'segment':
      return `${raisedPrefix}${message.rung}-${inOrder(message.number)}`;
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
/** Bulk messages of one video outstanding at a time: enough to feed a fleet, few enough to stay fair. */
export const outstandingPerVideo = 64;
/** How long a job rests after its failed try number `tries`, in seconds: 5, 20. A full disk or a lost link may pass. */
export const retryDelaySeconds = (tries: number) => 5 * 4 ** (tries - 1);
