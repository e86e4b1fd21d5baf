import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import { sourceUrlLifetimeSeconds } from '../../domain/upload/parts.ts';
import type { VideoEdit } from '../../domain/video/edit.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Videos } from '../../platform/records/videos.ts';
import { creatorVideo } from './creator-video.ts';
import { type EditVideo, notFound } from './editing.ts';
import type { CreatorVideo, routes } from './routes.ts';
import type { Sources } from './sources.ts';

export interface ContentParts {
  readonly videos: Pick<Videos, 'get' | 'listByOwner'>;
  readonly editVideo: EditVideo;
  readonly sources: Sources;
}

/** What a creator does with videos, once they are known to be theirs. */
export function contentService({ videos, editVideo, sources }: ContentParts) {
  const existing = async (videoId: VideoId): Promise<Video | undefined> => {
    const video = await videos.get(videoId);
    return video?.state === 'deleted' ? undefined : video;
  };

  return {
    ownerOf: async (videoId: VideoId): Promise<UserId | undefined> => (await existing(videoId))?.ownerId,

    async get(videoId: VideoId): Promise<CreatorVideo | Problem> {
      const video = await existing(videoId);
      return video ? creatorVideo(video) : notFound();
    },

    /** Without `ifMatch` the last writer wins; with it, only who has seen the newest record writes. */
    async update(
      videoId: VideoId,
      edit: VideoEdit,
      ifMatch: number | undefined,
      now: number,
    ): Promise<CreatorVideo | Problem> {
      const outcome = await editVideo(videoId, () => edit, ifMatch, now);
      return isProblem(outcome) ? outcome : creatorVideo(outcome);
    },

    async list(ownerId: UserId, limit: number, cursor: VideoId | undefined) {
      const page = await videos.listByOwner(ownerId, { limit, cursor });
      return { videos: page.videos.map(creatorVideo), cursor: page.cursor };
    },

    /** The uploaded file, while it is kept. */
    async source(videoId: VideoId, now: number): Promise<AnswerOf<(typeof routes)['getSource']> | Problem> {
      const video = await existing(videoId);
      if (video === undefined) return notFound();
      const { source } = video;
      if (source === undefined || !(await sources.isKept(source)))
        return problem('source-not-found', 'The uploaded file has not arrived, or is not kept any more.');
      return {
        url: await sources.sign(source),
        fileName: source.fileName,
        sizeBytes: source.sizeBytes,
        expiresAt: now + sourceUrlLifetimeSeconds * 1000,
      };
    },
  };
}
