import { type RunInput, transcodeJob } from '../../../domain/jobs/jobs.ts';
import type { JobNews } from '../../../domain/media/mediaconvert/events.ts';
import type { Services } from '../services.ts';

/** None of our processors worked for it, and its segments are listed in its own playlists. */
const nothingOfOurs = { segments: [], cpuSeconds: 0, wallSeconds: 0 };

/**
 * Does what news of a MediaConvert job ask for: progress is shown, an end ends the stage. The record names the job that is the
 * run's; news of another, or of an attempt that has been overtaken, do nothing. May be called with the same news any number of
 * times, in any order.
 */
export async function hear(
  { jobs, videos, releaseStage, now }: Pick<Services, 'jobs' | 'videos' | 'releaseStage' | 'now'>,
  run: RunInput,
  workerId: string,
  news: JobNews,
): Promise<'heard' | 'stale'> {
  const [video, record] = await Promise.all([videos.get(run.videoId), jobs.getJob(run, transcodeJob)]);
  if (video?.attempt !== run.attempt || record === undefined) return 'stale';
  const lease = { run, jobId: transcodeJob, workerId };
  if (record.state === 'queued') {
    // Of the job that was cancelled (platform/transcode-cancelling.ts).
    if (record.workerId === workerId) return 'stale';
    // Told before who made the job could write down which it is.
    await jobs.claim(lease, now());
  } else if (record.workerId !== workerId) return 'stale';
  switch (news.is) {
    case 'progress':
      await videos.note(
        run.videoId,
        { attempt: run.attempt, ...(news.share !== undefined && { progress: news.share }) },
        now(),
      );
      return 'heard';
    case 'complete': {
      const stage = await jobs.finish(lease, 'encode', nothingOfOurs, now());
      if (stage) await releaseStage(stage);
      return 'heard';
    }
    case 'over': {
      if (record.state === 'done') return 'stale';
      const stage = await jobs.closeStage(run, 'encode', news.reason);
      if (stage) await releaseStage(stage);
      return 'heard';
    }
  }
}
