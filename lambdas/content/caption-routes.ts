import * as z from 'zod';
import { owner } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { VideoId } from '../../domain/ids.ts';
import { Caption, CaptionKind, CaptionLabel, CaptionName, LanguageTag } from '../../domain/media/captions/captions.ts';
import { captionLimits } from '../../domain/media/captions/parse.ts';

/** A text track as its video's creator sees it. */
export const CreatorCaption = Caption.omit({ attempt: true, digest: true, sizeBytes: true }).extend({
  /** Path of the WebVTT file on the site. */
  file: z.string(),
});
export type CreatorCaption = z.infer<typeof CreatorCaption>;

const params = z.object({ videoId: VideoId, name: CaptionName });
const throttle = { ratePerSecond: 100, burst: 200 } as const;

export const captionRoutes = {
  listCaptions: route({
    method: 'GET',
    path: '/videos/{videoId}/captions',
    summary: 'The subtitles and captions of a video of the caller',
    access: owner('video', 'videoId', 'moderator', 'admin'),
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: reading,
    params: params.pick({ videoId: true }),
    answer: { status: 200, body: z.object({ captions: z.array(CreatorCaption) }) },
    problems: ['video-not-found'],
  }),
  putCaptions: route({
    method: 'PUT',
    path: '/videos/{videoId}/captions/{name}',
    summary: 'Add or replace captions by the text of a SubRip or WebVTT file; the same again makes the same',
    access: owner('video', 'videoId', 'admin'),
    throttle,
    limits: writing,
    params,
    body: z.strictObject({
      language: LanguageTag,
      kind: CaptionKind,
      /** What the menu shows; by default the language in its own words. */
      label: CaptionLabel.optional(),
      // A text has at most as many characters as bytes: what is longer need not be counted.
      text: z.string().min(1).max(captionLimits.bytes),
    }),
    answer: { status: 200, body: CreatorCaption },
    problems: ['video-not-found', 'captions-invalid', 'too-many-captions'],
  }),
  deleteCaptions: route({
    method: 'DELETE',
    path: '/videos/{videoId}/captions/{name}',
    summary: 'Take captions off a video',
    access: owner('video', 'videoId', 'admin'),
    throttle,
    limits: writing,
    params,
    answer: { status: 204, body: nothing },
    problems: ['video-not-found', 'captions-not-found'],
  }),
} satisfies Routes;
