import * as z from 'zod';
import { owner, role } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { ProblemCode } from '../../domain/api/problems.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { PictureId, VideoId } from '../../domain/ids.ts';
import { Extra } from '../../domain/jobs/extras.ts';
import { PictureProblem } from '../../domain/media/picture.ts';
import { BulkEdit, VideoEdit } from '../../domain/video/edit.ts';
import { Category, Chapter, Licence } from '../../domain/video/metadata.ts';
import { PosterChoice } from '../../domain/video/poster.ts';
import { ReasonCode } from '../../domain/video/reasons.ts';
import { RungSummary, VideoState, Visibility } from '../../domain/video/video.ts';
import { captionRoutes } from './caption-routes.ts';
import { deletionRoutes } from './deletion-routes.ts';

export type { CreatorCaption } from './caption-routes.ts';
export type { DeletedVideo } from './deletion-routes.ts';

/** A video as its creator sees it. Times are milliseconds since the epoch. */
export const CreatorVideo = z.object({
  videoId: VideoId,
  title: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  category: Category.nullable(),
  /** BCP 47: what is spoken in it. */
  language: z.string().nullable(),
  licence: Licence.nullable(),
  chapters: z.array(Chapter),
  visibility: Visibility,
  /** Until then it is its creator's alone. */
  publishAt: z.int().nullable(),
  /** When everybody could watch it for the first time. */
  publishedAt: z.int().nullable(),
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
  /** What could not be made, and it is ready without. */
  missing: z.array(Extra),
  /** Path of the poster on the site. */
  poster: z.string().nullable(),
  uploadedAt: z.int().nullable(),
  playableAt: z.int().nullable(),
  readyAt: z.int().nullable(),
});
export type CreatorVideo = z.infer<typeof CreatorVideo>;

/** What came of one video of many: its version after the change, or why it stays as it was. */
const BulkResult = z.object({
  videoId: VideoId,
  version: z.int().nullable(),
  problem: z.object({ code: ProblemCode, detail: z.string() }).nullable(),
});

/** What may stand for a video. Paths are on the site. */
const Posters = z.object({
  /** Frames of it, the best first. */
  candidates: z.array(z.object({ number: z.int(), path: z.string(), chosen: z.boolean() })),
  /** A picture of the creator's. */
  own: z.object({ pictureId: PictureId, path: z.string(), chosen: z.boolean() }).nullable(),
  /** How far the last picture is that they sent, and why it was refused. */
  sent: z
    .object({
      pictureId: PictureId,
      state: z.enum(['pending', 'made', 'refused']),
      problem: z.object({ code: PictureProblem, sentence: z.string() }).nullable(),
    })
    .nullable(),
});

const params = z.object({ videoId: VideoId });
const rare = { ratePerSecond: 100, burst: 200 };

export const routes = {
  getVideo: route({
    method: 'GET',
    path: '/videos/{videoId}',
    precondition: 'version',
    summary: 'A video of the caller',
    access: owner('video', 'videoId', 'moderator', 'admin'),
    throttle: { ratePerSecond: 1000, burst: 2000 },
    limits: reading,
    params,
    answer: { status: 200, body: CreatorVideo },
    problems: ['video-not-found'],
  }),
  updateVideo: route({
    method: 'PATCH',
    path: '/videos/{videoId}',
    precondition: 'version',
    summary: 'Change what is told of a video, who may watch it and from when on; null takes a value away',
    access: owner('video', 'videoId', 'admin'),
    throttle: { ratePerSecond: 200, burst: 400 },
    limits: writing,
    params,
    body: VideoEdit,
    answer: { status: 200, body: CreatorVideo },
    problems: ['video-not-found', 'version-conflict'],
  }),
  listCreatorVideos: route({
    method: 'GET',
    path: '/creator/videos',
    summary: 'The videos of the caller, newest first',
    access: role('creator', 'admin'),
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: reading,
    query: z.object({
      cursor: VideoId.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: { status: 200, body: z.object({ videos: z.array(CreatorVideo), cursor: z.string().nullable() }) },
    problems: [],
  }),
  updateVideos: route({
    method: 'PATCH',
    path: '/creator/videos',
    summary: 'Make one change of many videos of the caller; each is answered for by itself',
    access: role('creator', 'admin'),
    throttle: { ratePerSecond: 20, burst: 40 },
    limits: writing,
    body: z.strictObject({
      videos: z
        .array(z.strictObject({ videoId: VideoId, version: z.int().positive().optional() }))
        .min(1)
        .max(100)
        .refine(
          (videos) => new Set(videos.map(({ videoId }) => videoId)).size === videos.length,
          'names a video twice',
        ),
      change: BulkEdit.refine((change) => Object.keys(change).length > 0, 'names nothing to change'),
    }),
    answer: { status: 200, body: z.object({ results: z.array(BulkResult) }) },
    problems: [],
  }),
  getSource: route({
    method: 'GET',
    path: '/videos/{videoId}/source',
    summary: 'A URL, good for minutes, from which the owner gets the uploaded file under its own name',
    access: owner('video', 'videoId'),
    throttle: rare,
    limits: reading,
    params,
    answer: {
      status: 200,
      body: z.object({ url: z.url(), fileName: z.string(), sizeBytes: z.int(), expiresAt: z.int() }),
    },
    problems: ['video-not-found', 'source-not-found'],
  }),
  listPosters: route({
    method: 'GET',
    path: '/videos/{videoId}/posters',
    summary: 'What may stand for a video: frames of it, and a picture of its creator’s',
    access: owner('video', 'videoId', 'moderator', 'admin'),
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: reading,
    params,
    answer: { status: 200, body: Posters },
    problems: ['video-not-found'],
  }),
  choosePoster: route({
    method: 'PUT',
    path: '/videos/{videoId}/poster',
    summary: 'Choose what stands for a video',
    access: owner('video', 'videoId', 'admin'),
    throttle: rare,
    limits: writing,
    params,
    body: PosterChoice,
    answer: { status: 200, body: CreatorVideo },
    problems: ['video-not-found', 'poster-not-found'],
  }),
  signPicture: route({
    method: 'POST',
    path: '/videos/{videoId}/pictures',
    summary: 'A URL to PUT a picture to, with exactly these headers; it is bound to length and checksum given here',
    access: owner('video', 'videoId', 'admin'),
    throttle: rare,
    limits: writing,
    params,
    body: z.strictObject({
      contentType: z.string().max(100),
      sizeBytes: z.int().positive(),
      checksum: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be a base64 SHA-256'),
    }),
    answer: {
      status: 201,
      body: z.object({
        pictureId: PictureId,
        url: z.url(),
        headers: z.record(z.string(), z.string()),
        expiresAt: z.int(),
      }),
    },
    problems: ['video-not-found', 'type-not-accepted', 'file-too-large'],
  }),
  beginPicture: route({
    method: 'POST',
    path: '/videos/{videoId}/pictures/{pictureId}/complete',
    summary: 'Have a picture that was sent made into the poster; repeating it changes nothing',
    access: owner('video', 'videoId', 'admin'),
    throttle: rare,
    limits: writing,
    params: params.extend({ pictureId: PictureId }),
    answer: { status: 202, body: nothing },
    problems: ['video-not-found', 'picture-incomplete'],
  }),
  ...captionRoutes,
  ...deletionRoutes,
} satisfies Routes;
