import * as z from 'zod';
import { anyone } from '../../domain/access/policy.ts';
import { reading } from '../../domain/api/limits.ts';
import { type Routes, route } from '../../domain/api/route.ts';
import { UserId, VideoId } from '../../domain/ids.ts';
import { CaptionKind } from '../../domain/media/captions/captions.ts';
import { Category, Chapter, Licence } from '../../domain/video/metadata.ts';
import { RungSummary, VideoState, Visibility } from '../../domain/video/video.ts';
import { cardRoutes } from './card-routes.ts';

/** A KID, or a key, of 16 bytes: base64url without padding. */
const KeyId = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'must be 16 bytes in base64url');

export const routes = {
  playback: route({
    method: 'GET',
    path: '/videos/{videoId}/playback',
    summary:
      'What a watch page needs: manifests, state, poster, what is told of it. For the owner, and those who may watch it',
    access: anyone,
    throttle: { ratePerSecond: 2000, burst: 4000 },
    limits: reading,
    params: z.object({ videoId: VideoId }),
    answer: {
      status: 200,
      body: z.object({
        videoId: VideoId,
        ownerId: UserId,
        title: z.string(),
        description: z.string().nullable(),
        tags: z.array(z.string()),
        category: z.object({ id: Category, name: z.string() }).nullable(),
        /** BCP 47: what is spoken in it. */
        language: z.string().nullable(),
        licence: z.object({ id: Licence, name: z.string(), url: z.string().nullable() }).nullable(),
        /** In order; the first begins at 0. */
        chapters: z.array(Chapter),
        visibility: Visibility,
        /** When everybody could watch it for the first time. */
        publishedAt: z.int().nullable(),
        state: VideoState,
        attempt: z.int(),
        durationSeconds: z.number().nullable(),
        /** Paths on the site; null until there is something to watch. */
        hls: z.string().nullable(),
        dash: z.string().nullable(),
        poster: z.string().nullable(),
        /** A WebVTT thumbnails track; its pictures come as the title is encoded. */
        storyboard: z.string().nullable(),
        rungs: z.array(RungSummary),
        progress: z.number(),
        /** Subtitles and captions, as WebVTT files; both manifests list them too. */
        captions: z.array(z.object({ language: z.string(), kind: CaptionKind, label: z.string(), file: z.string() })),
        /** Of an encrypted title: where its player gets a licence. */
        license: z.object({ keySystem: z.literal('org.w3.clearkey'), url: z.string() }).nullable(),
        /** Whether the caller owns it: the watch page then offers the owner's controls. */
        owned: z.boolean(),
        /** For the owner only: why there is nothing to watch. */
        reason: z.object({ code: z.string(), sentence: z.string() }).nullable(),
      }),
    },
    problems: ['video-not-found', 'membership-needed'],
  }),
  license: route({
    method: 'POST',
    path: '/videos/{videoId}/license',
    summary: 'The key of an encrypted title, for those who may watch it (Clear Key of W3C Encrypted Media Extensions)',
    access: anyone,
    throttle: { ratePerSecond: 500, burst: 1000 },
    limits: reading,
    params: z.object({ videoId: VideoId }),
    body: z.object({
      kids: z.array(KeyId).min(1).max(16),
      type: z.enum(['temporary', 'persistent-license']).optional(),
    }),
    answer: {
      status: 200,
      body: z.object({
        keys: z.array(z.object({ kty: z.literal('oct'), kid: KeyId, k: z.string() })),
        type: z.literal('temporary'),
      }),
    },
    problems: ['video-not-found', 'membership-needed', 'key-not-found'],
  }),
  ...cardRoutes,
} satisfies Routes;
