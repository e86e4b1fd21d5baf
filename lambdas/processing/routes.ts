import * as z from 'zod';
import { owner } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { type Routes, route } from '../../domain/api/route.ts';
import { VideoId } from '../../domain/ids.ts';
import { Extra } from '../../domain/jobs/extras.ts';
import { Job } from '../../domain/jobs/jobs.ts';
import { JobRecord } from '../../domain/jobs/records.ts';
import { Reason } from '../../domain/video/reasons.ts';
import { Reprocess } from '../../domain/video/reprocess.ts';

const JobKind = z.enum(Job.options.map((option) => option.shape.kind.value));

/** A job of a run as its owner and operators see it. */
export const JobStatus = z.object({
  jobId: z.string(),
  kind: JobKind,
  state: JobRecord.shape.state,
  tries: z.int(),
  /** Who is at it, or was last. */
  workerId: z.string().nullable(),
  lastError: Reason.nullable(),
  /** What it came to without. */
  missing: z.array(Extra),
  /** What its programs said in the last try that failed by one of them: an address that is good for minutes. */
  log: z.url().nullable(),
  /** What it cost, once done. */
  cpuSeconds: z.number().nullable(),
  wallSeconds: z.number().nullable(),
});
export type JobStatus = z.infer<typeof JobStatus>;

export const routes = {
  reprocess: route({
    method: 'POST',
    path: '/admin/videos/{videoId}/reprocess',
    summary:
      'Process a video again: everything, in a new attempt and with a new key, or only what failed. While it is being processed, that run is the answer',
    access: owner('video', 'videoId', 'admin'),
    throttle: { ratePerSecond: 10, burst: 20 },
    limits: writing,
    params: z.object({ videoId: VideoId }),
    body: z.strictObject({ what: Reprocess }),
    answer: { status: 202, body: z.object({ videoId: VideoId, attempt: z.int() }) },
    problems: ['video-not-found', 'not-reprocessable'],
  }),
  listJobs: route({
    method: 'GET',
    path: '/admin/jobs',
    summary: 'The jobs of a run, by default of the newest attempt: state, tries, worker, last error and its log',
    access: owner('video', 'videoId', 'admin'),
    throttle: { ratePerSecond: 20, burst: 40 },
    limits: reading,
    query: z.object({
      videoId: VideoId,
      attempt: z.coerce.number().int().positive().optional(),
      cursor: z.string().min(1).max(100).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: {
      status: 200,
      body: z.object({
        videoId: VideoId,
        attempt: z.int(),
        jobs: z.array(JobStatus),
        cursor: z.string().nullable(),
      }),
    },
    problems: ['video-not-found'],
  }),
} satisfies Routes;
