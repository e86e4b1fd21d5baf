import { type Problem, problem } from '../../domain/api/problems.ts';
import type { BodyOf } from '../../domain/api/route.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Videos } from '../../platform/records/videos.ts';
import { creatorVideo } from './creator-video.ts';
import type { CreatorVideo, routes } from './routes.ts';

type Edit = BodyOf<(typeof routes)['updateVideo']>;

const notFound = () => problem('video-not-found', 'There is no such video, or it is not yours.');

/** What a creator does with videos, once they are known to be theirs. */
export function contentService(videos: Pick<Videos, 'get' | 'change' | 'listByOwner'>) {
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
      { title, visibility }: Edit,
      ifMatch: number | undefined,
      now: number,
    ): Promise<CreatorVideo | Problem> {
      const set = { ...(title !== undefined && { title }), ...(visibility !== undefined && { visibility }) };
      const changed = await videos.change(
        videoId,
        { set, ...(ifMatch !== undefined && { onlyIf: { version: ifMatch } }) },
        now,
      );
      if (changed) return creatorVideo(changed);
      const current = await existing(videoId);
      return current
        ? problem('version-conflict', 'The video has changed meanwhile. Read it again.', { version: current.version })
        : notFound();
    },

    async list(ownerId: UserId, limit: number, cursor: string | undefined) {
      const page = await videos.listByOwner(ownerId, { limit, cursor });
      return { videos: page.videos.map(creatorVideo), cursor: page.cursor };
    },
  };
}
