import * as z from 'zod';
import { owner, role } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { VideoId } from '../../domain/ids.ts';
import { Title } from '../../domain/video/video.ts';

/** A deleted video as its creator sees it. Times are milliseconds since the epoch. */
export const DeletedVideo = z.object({
  videoId: VideoId,
  title: Title,
  version: z.int(),
  durationSeconds: z.number().nullable(),
  deletedAt: z.int(),
  /** From then on it cannot be had back: file, media and all that is kept of it are removed. */
  purgeAt: z.int(),
});
export type DeletedVideo = z.infer<typeof DeletedVideo>;

/** What became of each of many. */
const Outcomes = z.object({
  /** Those that are so now, be it by this call or an earlier one. */
  done: z.array(VideoId),
  /** Those that there are not, or that are not the caller's, or of which it cannot be. */
  refused: z.array(VideoId),
});
export type Outcomes = z.infer<typeof Outcomes>;

const params = z.object({ videoId: VideoId });
const throttle = { ratePerSecond: 100, burst: 200 } as const;
const many = z.strictObject({ videoIds: z.array(VideoId).min(1).max(50) });

export const deletionRoutes = {
  deleteVideo: route({
    method: 'DELETE',
    path: '/videos/{videoId}',
    precondition: 'version',
    summary:
      'Delete a video: nobody sees it from now on, and for 30 days it can be had back; repeating it changes nothing',
    access: owner('keptVideo', 'videoId', 'admin'),
    throttle,
    limits: writing,
    params,
    answer: { status: 200, body: DeletedVideo },
    problems: ['video-not-found', 'version-conflict'],
  }),
  restoreVideo: route({
    method: 'POST',
    path: '/videos/{videoId}/restore',
    summary: 'Have a deleted video back as it was; what was being processed goes on. Repeating it changes nothing',
    access: owner('keptVideo', 'videoId', 'admin'),
    throttle,
    limits: writing,
    params,
    answer: { status: 204, body: nothing },
    problems: ['video-not-found', 'not-restorable'],
  }),
  purgeVideo: route({
    method: 'POST',
    path: '/videos/{videoId}/purge',
    summary: 'Delete a video for good, be it in the trash or not: what is kept of it is removed within minutes',
    access: owner('keptVideo', 'videoId', 'admin'),
    throttle,
    limits: writing,
    params,
    answer: { status: 202, body: nothing },
    problems: ['video-not-found'],
  }),
  listDeletedVideos: route({
    method: 'GET',
    path: '/creator/videos/deleted',
    summary: 'The deleted videos of the caller that can be had back, the last deleted first',
    access: role('creator', 'admin'),
    throttle,
    limits: reading,
    query: z.object({
      cursor: z.string().max(500).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: { status: 200, body: z.object({ videos: z.array(DeletedVideo), cursor: z.string().nullable() }) },
    problems: [],
  }),
  deleteVideos: route({
    method: 'POST',
    path: '/creator/videos/delete',
    summary: 'Delete many videos of the caller, each as by itself',
    access: role('creator', 'admin'),
    throttle: { ratePerSecond: 20, burst: 40 },
    limits: writing,
    body: many,
    answer: { status: 200, body: Outcomes },
    problems: [],
  }),
  restoreVideos: route({
    method: 'POST',
    path: '/creator/videos/restore',
    summary: 'Have many deleted videos of the caller back, each as by itself',
    access: role('creator', 'admin'),
    throttle: { ratePerSecond: 20, burst: 40 },
    limits: writing,
    body: many,
    answer: { status: 200, body: Outcomes },
    problems: [],
  }),
} satisfies Routes;
