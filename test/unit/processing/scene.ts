import type { CancelJobCommand, MediaConvertClient } from '@aws-sdk/client-mediaconvert';
import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { UserId } from '../../../domain/ids.ts';
import type { JobMessage, RunInput } from '../../../domain/jobs/jobs.ts';
import type { StoredSegment } from '../../../domain/jobs/results.ts';
import type { Engine } from '../../../domain/media/engine.ts';
import type { JobNews } from '../../../domain/media/mediaconvert/events.ts';
import type { Plan } from '../../../domain/media/plan.ts';
import type { Video } from '../../../domain/video/video.ts';
import type { Transcoder } from '../../../lambdas/processing/mediaconvert/transcoder.ts';
import type { Services } from '../../../lambdas/processing/services.ts';
import { newVideoId } from '../../../platform/ids.ts';
import { releaseOf } from '../../../platform/stage-release.ts';
import { transcodeCanceller } from '../../../platform/transcode-cancelling.ts';
import { inMemoryJobs } from '../jobs/in-memory.ts';
import { planOfSeconds } from '../jobs/plan.ts';
import { inMemoryVideos } from '../upload/in-memory.ts';

/** The processing service in memory, with one video that is being processed, and what it did to the world outside. */
export function scene() {
  const run: RunInput = { videoId: newVideoId(), attempt: 1 };
  const clock = { ms: 1_000_000_000 };
  const { items, videos } = inMemoryVideos(async () => undefined);
  items.set(run.videoId, {
    videoId: run.videoId,
    ownerId: '6a1f7c52-4a57-4be1-9a75-9f1c3c5a3a10' as UserId,
    title: 'A day at the sea',
    visibility: 'private',
    state: 'processing',
    attempt: 1,
    version: 1,
    createdAt: clock.ms,
    updatedAt: clock.ms,
  });
  const jobs = inMemoryJobs();
  const sent: JobMessage[] = [];
  const released: { token: string; release: unknown }[] = [];
  const events: { name: string; detail: unknown }[] = [];
  const executions = new Map<string, string>();

  const sfn = {
    async send(command: unknown) {
      if (command instanceof StartExecutionCommand) executions.set(command.input.name ?? '', 'RUNNING');
      if (!(command instanceof DescribeExecutionCommand)) return {};
      const status = executions.get(command.input.executionArn?.split(':').at(-1) ?? '');
      if (status === undefined) throw new ExecutionDoesNotExist({ message: '', $metadata: {} });
      return { status };
    },
  };
  const mediaConvert = {
    submitted: [] as Plan[],
    /** The job that was cancelled before, by submission. */
    after: [] as (string | undefined)[],
    cancelled: [] as string[],
    /** What it answers to a submission. */
    answer: { jobId: '1671477617078-2886ye' } as Awaited<ReturnType<Transcoder['submit']>>,
    news: { is: 'progress', share: undefined } as JobNews,
  };
  const client = {
    async send({ input: { Id = '' } }: CancelJobCommand) {
      mediaConvert.cancelled.push(Id);
    },
  } as unknown as MediaConvertClient;
  const services: Omit<Services, 'media'> = {
    transcoder: {
      async submit(plan, after) {
        mediaConvert.submitted.push(plan);
        mediaConvert.after.push(after);
        return mediaConvert.answer;
      },
      newsOf: async () => mediaConvert.news,
      cancel: transcodeCanceller(client, jobs),
    },
    jobs,
    outstandingPerVideo: 8,
    videos: {
      ...videos,
      async note(videoId, { attempt, progress, encodeSeconds }, now) {
        const video = items.get(videoId);
        if (video?.attempt !== attempt || (progress !== undefined && progress <= (video.progress ?? -1))) return;
        items.set(videoId, {
          ...video,
          updatedAt: now,
          ...(progress !== undefined && { progress }),
          ...(encodeSeconds !== undefined && { encodeWork: { attempt, cpuSeconds: encodeSeconds } }),
        });
      },
      async listUnsettled(before, limit) {
        const unsettled = [...items.values()].filter((v) => v.state === 'processing' || v.state === 'playable');
        return unsettled.filter((v) => v.updatedAt < before).slice(0, limit);
      },
    },
    sendJobs: async (messages) => {
      sent.push(...messages);
    },
    releaseStage: async (stage) => {
      const release = releaseOf(stage);
      if (release) released.push({ token: stage.taskToken, release });
    },
    publish: async (kind, detail) => {
      events.push({ name: kind.name, detail });
    },
    executions: {
      sfn: sfn as unknown as SFNClient,
      stateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:process-video',
    },
    now: () => clock.ms,
  };
  return {
    run,
    clock,
    services,
    jobs,
    sent,
    released,
    events,
    executions,
    mediaConvert,
    video: (): Video | undefined => items.get(run.videoId),
    becomes: (change: Partial<Video>) => {
      const video = items.get(run.videoId);
      if (video) items.set(run.videoId, { ...video, ...change });
    },
    pass: (seconds: number) => {
      clock.ms += seconds * 1000;
    },
    prepared: (seconds: number, engine?: Engine) => jobs.putPlan(run, planOfSeconds(run, seconds, engine)),
    /** What a worker does with one job of the encode stage. */
    async finishes(jobId: string, segments: StoredSegment[] = []) {
      const lease = { run, jobId, workerId: 'worker' };
      await jobs.claim(lease, clock.ms);
      await jobs.finish(lease, 'encode', { segments, cpuSeconds: 1, wallSeconds: 1 }, clock.ms);
    },
  };
}
