import pMap from 'p-map';
import { type Caller, decide } from '../../domain/access/policy.ts';
import { isProblem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf } from '../../domain/api/route.ts';
import { bulkEdit } from '../../domain/video/edit.ts';
import { type EditVideo, notFound } from './editing.ts';
import { routes } from './routes.ts';

type Route = (typeof routes)['updateVideos'];

/** Reads and writes under way at once: a hundred videos take less than a second, and no partition is stormed. */
const atOnce = 10;

/** One change of many videos. Each is edited, or refused, as if it had been asked for alone, by who may edit one. */
export const bulkEditing =
  (editVideo: EditVideo) =>
  async (caller: Caller, { videos, change }: BodyOf<Route>, now: number): Promise<AnswerOf<Route>> => ({
    results: await pMap(
      videos,
      async ({ videoId, version }) => {
        const outcome = await editVideo(
          videoId,
          (video) =>
            decide(routes.updateVideo.access, caller, video.ownerId) === 'allow' ? bulkEdit(video, change) : notFound(),
          version,
          now,
        );
        return isProblem(outcome)
          ? { videoId, version: null, problem: { code: outcome.code, detail: outcome.detail } }
          : { videoId, version: outcome.version, problem: null };
      },
      { concurrency: atOnce },
    ),
  });
