import * as z from 'zod';
import { owner, role } from '../../domain/access/policy.ts';
import { type Routes, route } from '../../domain/api/route.ts';
import { VideoId } from '../../domain/ids.ts';
import { ReasonCode } from '../../domain/video/reasons.ts';
import { RungSummary, Title, VideoState, Visibility } from '../../domain/video/video.ts';
import { captionRoutes } from './caption-routes.ts';

export type { CreatorCaption } from './caption-routes.ts';

/** A video as its creator sees it. Times are milliseconds since the epoch. */
export const CreatorVideo = z.object({
  videoId: VideoId,
  title: z.string(),
  visibility: Visibility,
  state: VideoState,
  attempt: z.int(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
  fileName: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  durationSeconds: z.number().nullable(),
  rungs: z.array(RungSummary),
  /** Share of the encoding that is done, 0 to 1. */
  progress: z.number(),
  /** Why it was rejected or failed: the code, and a sentence for the creator. */
  reason: z.object({ code: ReasonCode, sentence: z.string() }).nullable(),
  /** Path of the poster on the site. */
  poster: z.string().nullable(),
  uploadedAt: z.int().nullable(),
  playableAt: z.int().nullable(),
  readyAt: z.int().nullable(),
});
export type CreatorVideo = z.infer<typeof CreatorVideo>;

const params = z.object({ videoId: VideoId });

export const routes = {
  getVideo: route({
    method: 'GET',
    path: '/videos/{videoId}',
    summary: 'A video of the caller',
    access: owner('video', 'videoId', 'moderator', 'admin'),
    throttle: { ratePerSecond: 1000, burst: 2000 },
    params,
    answer: { status: 200, body: CreatorVideo },
    problems: ['video-not-found'],
  }),
  updateVideo: route({
    method: 'PATCH',
    path: '/videos/{videoId}',
    summary: 'Change title or visibility; with `version`, only if nobody else has changed the video since',
    access: owner('video', 'videoId', 'admin'),
    throttle: { ratePerSecond: 200, burst: 400 },
    params,
    body: z.strictObject({
      title: Title.optional(),
      visibility: Visibility.optional(),
      version: z.int().positive().optional(),
    }),
    answer: { status: 200, body: CreatorVideo },
    problems: ['video-not-found', 'version-conflict'],
  }),
  listCreatorVideos: route({
    method: 'GET',
    path: '/creator/videos',
    summary: 'The videos of the caller, newest first',
    access: role('creator', 'admin'),
    throttle: { ratePerSecond: 500, burst: 1000 },
    query: z.object({
      cursor: z.string().max(500).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: { status: 200, body: z.object({ videos: z.array(CreatorVideo), cursor: z.string().nullable() }) },
    problems: [],
  }),
  ...captionRoutes,
} satisfies Routes;
