import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { onTestFinished } from 'vitest';
import { type JobMessage, jobId, type StageName, visibilityTimeoutSeconds } from '../../../domain/jobs/jobs.ts';
import type { JobResult } from '../../../domain/jobs/results.ts';
import type { Video } from '../../../domain/video/video.ts';
import { newVideoId } from '../../../platform/ids.ts';
import type { Jobs } from '../../../platform/records/jobs/jobs.ts';
import type { Videos } from '../../../platform/records/videos.ts';
import { type Release, releaseOf } from '../../../platform/stage-release.ts';
import type { JobContext, JobHandlers } from '../../../worker/context.ts';
import type { Delivery } from '../../../worker/deliveries.ts';
import type { WorkerEnv } from '../../../worker/env.ts';
import { Stopping } from '../../../worker/failures.ts';
import { runJob, type Worker } from '../../../worker/run-job.ts';
import { inMemoryJobs } from '../jobs/in-memory.ts';

export const result: JobResult = { segments: [], cpuSeconds: 1, wallSeconds: 1 };

type Work = (message: JobMessage, context: JobContext) => Promise<JobResult>;

/** Called before and after each step a worker takes; throws when the worker is to die there. */
type Step = (name: string) => void;

interface Queued {
  readonly message: JobMessage;
  visibleAt: number;
}

/** One video, its books and a queue with a clock, all in memory; workers run against it one message at a time. */
export function scene() {
  const run = { videoId: newVideoId(), attempt: 1 };
  const jobs = inMemoryJobs();
  const scratch = mkdtempSync(join(tmpdir(), 'sluice-worker-'));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  const queue: Queued[] = [];
  const sent: string[] = [];
  const released: { stage: StageName; token: string; release: Release }[] = [];
  const progress: number[] = [];
  const logs = new Map<string, string>();
  const video = { state: 'playable', attempt: 1 } as Video;
  const stopping = new AbortController();
  const clock = { ms: 0 };

  const send = (messages: readonly JobMessage[]) => {
    for (const message of messages) {
      queue.push({ message, visibleAt: clock.ms });
      sent.push(jobId(message));
    }
  };

  const worker = (id: string, work: Work, step: Step): Worker => {
    /** Dies before or after what it does, never halfway: each of these is one call of one service. */
    const taking =
      <A extends unknown[], R>(name: string, act: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        step(`before ${name}`);
        const answer = await act(...args);
        step(`after ${name}`);
        return answer;
      };
    const stepped = Object.fromEntries(
      Object.entries(jobs).map(([name, act]) => [name, taking(name, act as () => Promise<unknown>)]),
    );
    const videos: Pick<Videos, 'get' | 'note'> = {
      get: async () => video,
      note: async (_, noted) => {
        progress.push(noted.progress ?? 0);
      },
    };
    const handle = taking('the work', work);
    return {
      id,
      handlers: {
        prepare: handle,
        chunk: handle,
        segment: handle,
        poster: handle,
        picture: handle,
        captions: handle,
        peek: handle,
      } satisfies JobHandlers,
      shared: {
        env: { SCRATCH_DIR: scratch } as WorkerEnv,
        clients: {} as JobContext['clients'],
        jobs: stepped as unknown as Jobs,
        videos: videos as Videos,
        contentKeys: {} as JobContext['contentKeys'],
        publish: async () => undefined,
        log: new Logger({ logLevel: 'SILENT' }),
        now: () => clock.ms,
      },
      sendJobs: taking('send', async (messages: readonly JobMessage[]) => send(messages)),
      keepLog: async ({ jobId, tries }, said) => {
        const key = `${jobId}-${tries}`;
        logs.set(key, said);
        return key;
      },
      releaseStage: taking('release', async (stage) => {
        const release = releaseOf(stage);
        if (release) released.push({ stage: stage.name, token: stage.taskToken, release });
      }),
      stopping: stopping.signal,
    };
  };

  const receive = (step: Step): Delivery | undefined => {
    const entry = queue.find(({ visibleAt }) => visibleAt <= clock.ms);
    if (entry === undefined) return undefined;
    entry.visibleAt = clock.ms + visibilityTimeoutSeconds * 1000;
    return {
      message: entry.message,
      delete: async () => {
        step('before delete');
        queue.splice(queue.indexOf(entry), 1);
      },
      hide: async (seconds) => {
        step('before hide');
        entry.visibleAt = clock.ms + seconds * 1000;
      },
    };
  };

  return {
    run,
    jobs,
    scratch,
    queue,
    sent,
    released,
    progress,
    logs,
    video,
    clock,
    send,
    stop: () => stopping.abort(new Stopping()),
    /** Opens the encode stage with so many chunks, and sends the first. */
    async encodes(count: number, firstSent = count) {
      const messages = Array.from({ length: count }, (_, index): JobMessage => ({ kind: 'chunk', ...run, index }));
      await jobs.openStage(run, 'encode', { taskToken: 'encode token', jobs: messages }, clock.ms);
      send(messages.slice(0, firstSent));
    },
    /** Runs the next visible message, moving the clock on to it; false when the queue is empty. */
    async next(
      work: Work,
      { id = 'worker', step = () => undefined }: { id?: string; step?: Step } = {},
    ): Promise<boolean> {
      if (queue.length === 0) return false;
      clock.ms = Math.max(clock.ms, Math.min(...queue.map(({ visibleAt }) => visibleAt)));
      const delivery = receive(step);
      if (delivery) await runJob(worker(id, work, step), delivery);
      return true;
    },
  };
}
