import { videoReady } from '../../domain/events/events.ts';
import type { RunInput } from '../../domain/jobs/jobs.ts';
import { missingExtras } from '../../domain/jobs/results.ts';
import { titleSeconds } from '../../domain/media/timeline.ts';
import { oldAttemptsKeptMs } from '../../domain/video/old-attempts.ts';
import type { Services } from './services.ts';

/**
 * The video is ready, and the platform is told: at least once, since a repeated call cannot know whether the one before
 * it got to say so. A run that a newer attempt has overtaken, or a video that is no more, changes nothing.
 */
export async function publishReady(
  { jobs, videos, publish, now }: Pick<Services, 'jobs' | 'videos' | 'publish' | 'now'>,
  { videoId, attempt }: RunInput,
): Promise<void> {
  const plan = await jobs.getPlan({ videoId, attempt });
  if (plan === undefined) throw new Error('a run that was finished has a plan');
  const at = now();
  const durationSeconds = titleSeconds(plan);
  // What older attempts have left behind goes some days later.
  const missing = missingExtras(await jobs.listJobs({ videoId, attempt }, 'encode'));
  const set = {
    readyAt: at,
    progress: 1,
    ...(missing.length > 0 && { missing }),
    ...(attempt > 1 && { removalAt: at + oldAttemptsKeptMs }),
  };
  // Only what is being processed: blocked videos may become ready too, but that is for moderators to decide.
  const onlyIf = { attempt, state: ['processing', 'playable'] as const };
  const moved = await videos.moveTo(videoId, 'ready', { set, onlyIf }, at);
  const video = moved ?? (await videos.get(videoId));
  if (video?.attempt !== attempt || video.state !== 'ready') return;
  await publish(videoReady, { videoId, ownerId: video.ownerId, attempt, durationSeconds });
}
