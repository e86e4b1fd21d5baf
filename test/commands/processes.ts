import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { vi } from 'vitest';
import type { JobMessage } from '../../domain/jobs/jobs.ts';
import { workerService } from '../../local/services.ts';
import { killGroup, startProcess } from '../../local/supervisor/service-process.ts';
import { newVideoId } from '../../platform/ids.ts';
import type { Binary } from './binaries.ts';
import type { Gate } from './gate.ts';
import { awsConfig, localCloud, worker } from './local-cloud.ts';

/** A worker of the test's own: the program that the instance runs, with the same environment. */
export interface OwnWorker extends AsyncDisposable {
  /** Resolves, in words, when it has ended. */
  readonly ended: Promise<string>;
  /** Ends it as a lost machine does: at once, with its children, without a word to anybody. */
  readonly kill: () => Promise<string>;
  /** Asks it to stop, as a deployment or a reclaimed Spot machine does. */
  readonly terminate: () => void;
  /** Whether a job's record names this worker. */
  readonly holds: (job: { readonly workerId?: string | undefined } | undefined) => boolean;
}

/** What differs from a usual worker. */
export interface WorkerOptions {
  /** Programs in the place of its media binaries. */
  readonly programs?: Partial<Record<Binary, string>>;
  /** Its machine's disk, which outlives it; by default one of its own. */
  readonly scratch?: string;
}

/** Starts a worker whose calls to storage and to the state machine go through the gate. */
export async function startWorker(gate: Gate, { programs, scratch: given }: WorkerOptions = {}): Promise<OwnWorker> {
  const { instance, outputs, logs } = localCloud();
  const usual = workerService(instance, outputs);
  const scratch = given ?? (await mkdtemp(join(tmpdir(), 'worker-')));
  const calls = { AWS_ENDPOINT_URL_S3: gate.url, AWS_ENDPOINT_URL_SFN: gate.url };
  const service = {
    ...usual,
    env: { ...usual.env, ...calls, ...programs, SCRATCH_DIR: scratch, BULK_SLOTS: '1' },
    logFile: join(logs, 'worker-of-the-test.log'),
  };
  const running = startProcess(service, true);
  const { pid, ended } = running;
  const killAll = () => killGroup(pid);
  process.once('exit', killAll);
  return {
    ended,
    async kill() {
      process.kill(pid, 'SIGKILL');
      const end = await ended;
      await decoyAbandonedPolls();
      return end;
    },
    terminate: () => void process.kill(pid, 'SIGTERM'),
    holds: (job) => job?.workerId?.includes(`-${pid}-`) ?? false,
    async [Symbol.asyncDispose]() {
      await running.stop();
      await decoyAbandonedPolls();
      process.off('exit', killAll);
      if (given === undefined) await rm(scratch, { recursive: true, force: true });
    },
  };
}

/**
 * Keeps the instance's own worker from taking jobs until it is disposed of. One that is stopped in its tracks may have
 * asked for a message, which would then be nobody's until its visibility ends: so it is ended, and the one that the
 * supervisor starts in its place is stopped before it has asked for anything.
 */
export async function benchInstanceWorker(): Promise<AsyncDisposable> {
  const { logs } = localCloud();
  const hasBegun = (pid: number) => readFileSync(join(logs, 'worker.log'), 'utf8').includes(`-${pid}-`);
  for (;;) {
    const former = worker();
    former.signal('SIGTERM');
    const next = await vi.waitFor(
      () => {
        const current = worker();
        if (current.pid === former.pid || !current.isAlive()) throw new Error('the worker has not been started again');
        return current;
      },
      { timeout: 30_000, interval: 10 },
    );
    next.signalAll('SIGSTOP');
    await decoyAbandonedPolls();
    if (!hasBegun(next.pid)) return { [Symbol.asyncDispose]: async () => next.signalAll('SIGCONT') };
    next.signalAll('SIGCONT');
  }
}

/** Has a worker look at a job now that rests after a failure: instead of waiting until its own message is seen again. */
export async function wake(job: JobMessage): Promise<void> {
  const { BulkQueueUrl: QueueUrl } = localCloud().outputs;
  await queues().send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(job) }));
}

const queues = () => new SQSClient({ ...awsConfig(), useQueueUrlAsEndpoint: false });

/**
 * The local cloud goes on answering the long poll of a worker that is gone, and the message is nobody's until its
 * visibility ends. Such polls get messages of no video, which the next worker that sees them throws away.
 */
async function decoyAbandonedPolls(): Promise<void> {
  const { ExpressQueueUrl, BulkQueueUrl } = localCloud().outputs;
  const sqs = queues();
  const decoy = (): JobMessage => ({ kind: 'poster', videoId: newVideoId(), attempt: 1 });
  const Entries = ['first', 'second'].map((Id) => ({ Id, MessageBody: JSON.stringify(decoy()) }));
  for (const QueueUrl of [ExpressQueueUrl, BulkQueueUrl])
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}
