import * as z from 'zod';
import { anyone } from '../../domain/access/policy.ts';
import { type Routes, route } from '../../domain/api/route.ts';
import { VideoId } from '../../domain/ids.ts';
import { RungSummary, VideoState } from '../../domain/video/video.ts';

export const routes = {
  playback: route({
    method: 'GET',
    path: '/videos/{videoId}/playback',
    summary: 'What a player needs: manifests, state, poster. The owner always; others when the video is not private',
    access: anyone,
    throttle: { ratePerSecond: 2000, burst: 4000 },
    params: z.object({ videoId: VideoId }),
    answer: {
      status: 200,
      body: z.object({
        videoId: VideoId,
        title: z.string(),
        state: VideoState,
        attempt: z.int(),
        durationSeconds: z.number().nullable(),
        /** Paths on the site; null until there is something to watch. */
        hls: z.string().nullable(),
        dash: z.string().nullable(),
        poster: z.string().nullable(),
        rungs: z.array(RungSummary),
        progress: z.number(),
        /** Whether the caller owns it: the watch page then offers the owner's controls. */
        owned: z.boolean(),
        /** For the owner only: why there is nothing to watch. */
        reason: z.object({ code: z.string(), sentence: z.string() }).nullable(),
      }),
    },
    problems: ['video-not-found'],
  }),
} satisfies Routes;
