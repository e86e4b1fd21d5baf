import type { Publish } from './clients/events.ts';
import type { JobQueues, SendJobs } from './job-queues.ts';
import { later } from './later.ts';
import type { Jobs } from './records/jobs/jobs.ts';
import type { RunStarter, startRun } from './runs.ts';
import type { CancelTranscode } from './transcode-cancelling.ts';

/** Sends jobs by a client that is loaded for it: most calls of a function send none. */
export const sendJobsWhenNeeded = (queues: Omit<JobQueues, 'sqs'>): SendJobs =>
  later(async () => {
    const [{ jobQueues }, { sqsClient }] = await Promise.all([import('./job-queues.ts'), import('./clients/sqs.ts')]);
    return { send: jobQueues({ sqs: sqsClient(), ...queues }) };
  }).send;

/** Publishes by a client that is loaded for it: most calls of a function publish nothing. */
export const publishWhenNeeded = (busName: string): Publish =>
  later(async () => {
    const { publisher } = await import('./clients/events.ts');
    return { publish: publisher(busName) };
  }).publish;

type StartRun = (run: Parameters<typeof startRun>[1], number?: number) => ReturnType<typeof startRun>;

/** Starts runs by a client that is loaded for it: most calls of a function start none. */
export const startRunWhenNeeded = (where: Omit<RunStarter, 'sfn'>): StartRun =>
  later(async () => {
    const [{ startRun }, { sfnClient }] = await Promise.all([import('./runs.ts'), import('./clients/sfn.ts')]);
    const starter = { sfn: sfnClient(), ...where };
    const start: StartRun = (run, number) => startRun(starter, run, number);
    return { start };
  }).start;

/** Cancels jobs of MediaConvert by a client that is loaded for it. `endpoint`: where it listens, if not at its regional one. */
export const cancelTranscodeWhenNeeded = (
  endpoint: string | undefined,
  jobs: Pick<Jobs, 'getJob' | 'recordFailure'>,
): CancelTranscode =>
  later(async () => {
    const [{ transcodeCanceller }, { mediaConvertClient }] = await Promise.all([
      import('./transcode-cancelling.ts'),
      import('./clients/mediaconvert.ts'),
    ]);
    return { cancel: transcodeCanceller(mediaConvertClient(endpoint), jobs) };
  }).cancel;
