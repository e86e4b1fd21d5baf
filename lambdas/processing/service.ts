import { type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, QueryOf } from '../../domain/api/route.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import type { ExecutionInput } from '../../domain/jobs/jobs.ts';
import type { JobRecord } from '../../domain/jobs/records.ts';
import { missingExtras } from '../../domain/jobs/results.ts';
import { type Reprocess, reprocessing } from '../../domain/video/reprocess.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Jobs } from '../../platform/records/jobs/jobs.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { JobStatus, routes } from './routes.ts';

type Routes = typeof routes;
type Answer<R extends keyof Routes> = Promise<AnswerOf<Routes[R]> | Problem>;

export interface ProcessingParts {
  readonly videos: Pick<Videos, 'get' | 'change'>;
  readonly jobs: Pick<Jobs, 'reopen' | 'pageOfJobs'>;
  /** Starts the run's execution of this number, unless it has been started. */
  readonly start: (run: ExecutionInput, number: number) => Promise<unknown>;
  /** An address by which the log of this key can be read for some minutes. */
  readonly signLog: (key: string) => Promise<string>;
}

const notFound = () => problem('video-not-found', 'There is no such video, or it is not yours.');

/** What owners and operators do with runs. */
export function processingService({ videos, jobs, start, signLog }: ProcessingParts) {
  const existing = async (videoId: VideoId): Promise<Video | undefined> => {
    const video = await videos.get(videoId);
    return video?.state === 'deleted' ? undefined : video;
  };

  const status = async ({ jobId, message, state, tries, workerId, lastError, lastLog, result }: JobRecord) => {
    const [missing] = result?.missing ?? [];
    const log = missing ? missing.log : lastLog;
    return {
      jobId,
      kind: message.kind,
      state,
      tries,
      workerId: workerId ?? null,
      lastError: missing?.reason ?? lastError ?? null,
      log: log === undefined ? null : await signLog(log),
      missing: missingExtras([{ result }]),
      cpuSeconds: result?.cpuSeconds ?? null,
      wallSeconds: result?.wallSeconds ?? null,
    } satisfies JobStatus;
  };

  return {
    ownerOf: async (videoId: VideoId): Promise<UserId | undefined> => (await existing(videoId))?.ownerId,

    /**
     * Of any number of callers one changes the record; the others find the run under way. Whoever comes starts the
     * execution too, by its name: a crash between the two steps is healed by the next call, or by the reconciler. The books are
     * opened before the record says so: from then on workers may ask them.
     */
    async reprocess(videoId: VideoId, what: Reprocess, now: number): Answer<'reprocess'> {
      for (;;) {
        const video = await existing(videoId);
        if (video === undefined) return notFound();
        const decided = reprocessing(video, what);
        if (decided.is === 'refused') return problem('not-reprocessable', decided.why);
        const { ownerId } = video;
        if (decided.is === 'under-way') {
          await start({ ...decided.run, ownerId }, video.firstExecution ?? 0);
          return decided.run;
        }
        if (what === 'failed') await jobs.reopen({ videoId, attempt: video.attempt });
        const { set, remove } = decided;
        const begun = await videos.change(videoId, { set, remove, onlyIf: { version: video.version } }, now);
        if (begun === undefined) continue;
        const run = { videoId, attempt: begun.attempt };
        await start({ ...run, ownerId }, begun.firstExecution ?? 0);
        return run;
      }
    },

    async listJobs({ videoId, attempt, limit, cursor }: QueryOf<Routes['listJobs']>): Answer<'listJobs'> {
      const video = await existing(videoId);
      if (video === undefined) return notFound();
      const run = { videoId, attempt: attempt ?? video.attempt };
      const page = await jobs.pageOfJobs(run, { limit, cursor });
      return { ...run, jobs: await Promise.all(page.jobs.map(status)), cursor: page.cursor };
    },
  };
}
