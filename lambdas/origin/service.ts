import { VideoId } from '../../domain/ids.ts';
import { jobId, type MessageOf, type RunInput } from '../../domain/jobs/jobs.ts';
import { raised } from '../../domain/jobs/raise.ts';
import { availability, mayBeRaisedAgain } from '../../domain/jobs/records.ts';
import { parseMediaKey } from '../../domain/media/paths.ts';
import type { Plan } from '../../domain/media/plan.ts';
import type { SendJobs } from '../../platform/job-queues.ts';
import type { Jobs } from '../../platform/records/jobs/jobs.ts';
import type { Videos } from '../../platform/records/videos.ts';

/** `there`: ask again, the bucket has it. `unknown`: no title lists it. `late`: it will come, but not while one waits. */
export type Held = 'there' | 'unknown' | 'late';

export interface OriginParts {
  readonly videos: Pick<Videos, 'get'>;
  readonly jobs: Pick<Jobs, 'getPlan' | 'getJob' | 'countRaised' | 'createJob' | 'renew'>;
  readonly sendJobs: SendJobs;
  /** Whether the media bucket has the object. */
  readonly isStored: (key: string) => Promise<boolean>;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
}

/** Under the 25 s after which players give a request up, and the distribution's 30 s. */
export const holdMs = 20_000;
/** A segment takes seconds: looked for often at first, then less. */
const firstLookMs = 100;
const laterLookMs = 250;
/** A message that nobody has taken by then may be lost: it is sent again, once a request. */
const sendAgainAfterMs = 5_000;
/** Plans kept by one process. A plan never changes. */
const plansKept = 200;

/** The last resort of a media request: what is listed but not encoded is made next, and the request waits for it. */
export function onDemandOrigin({ videos, jobs, sendJobs, isStored, pause, now }: OriginParts) {
  const plans = new Map<string, Plan>();

  const planOf = async (run: RunInput): Promise<Plan | undefined> => {
    const key = `${run.videoId}#${run.attempt}`;
    const plan = plans.get(key) ?? (await jobs.getPlan(run));
    if (plan === undefined) return undefined;
    plans.delete(key);
    plans.set(key, plan);
    for (const oldest of plans.keys()) if (plans.size > plansKept) plans.delete(oldest);
    return plan;
  };

  /** Anything that a player may ask for, and the job that makes it. */
  const listed = async (key: string): Promise<MessageOf<'segment'> | undefined> => {
    const path = parseMediaKey(key);
    const videoId = VideoId.safeParse(path?.videoId);
    if (path === undefined || !videoId.success) return undefined;
    const video = await videos.get(videoId.data);
    if (video === undefined || video.state === 'deleted' || video.state === 'blocked') return undefined;
    const run = { videoId: videoId.data, attempt: path.attempt };
    const plan = await planOf(run);
    return plan && raised(plan, run, path);
  };

  /** Sees to it that a job is at it; false if none can be: it was tried as often as it may be, or has ended without it, or too many were raised. */
  const raise = async (message: MessageOf<'segment'>): Promise<boolean> => {
    const id = jobId(message);
    const job = await jobs.getJob(message, id);
    if (job === undefined) {
      if (!(await jobs.countRaised(message, now()))) return false;
      if (await jobs.createJob(message, message)) await sendJobs([message]);
      return true;
    }
    if (mayBeRaisedAgain(job, now())) {
      if (await jobs.renew(message, id)) await sendJobs([message]);
      return true;
    }
    const found = availability(job, now());
    return found === 'free' || found === 'held';
  };

  return {
    /** Raises what `key` names, unless it was raised before, and waits for it. */
    async hold(key: string): Promise<Held> {
      const message = await listed(key);
      if (message === undefined) return 'unknown';
      const began = now();
      if (await isStored(key)) return 'there';
      if (!(await raise(message))) return (await isStored(key)) ? 'there' : 'late';
      for (let sentAgain = false; now() - began < holdMs; ) {
        await pause(now() - began < 2_000 ? firstLookMs : laterLookMs);
        if (await isStored(key)) return 'there';
        if (!sentAgain && now() - began > sendAgainAfterMs) {
          sentAgain = true;
          const job = await jobs.getJob(message, jobId(message));
          if (job?.state === 'queued') await sendJobs([message]);
        }
      }
      return 'late';
    },
  };
}
