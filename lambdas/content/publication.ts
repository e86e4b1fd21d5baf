import { videoPublished } from '../../domain/events/events.ts';
import type { VideoId } from '../../domain/ids.ts';
import { publicationOf, tellAgainAfterMs } from '../../domain/video/publication.ts';
import type { Video } from '../../domain/video/video.ts';
import type { Publish } from '../../platform/clients/events.ts';
import { changeVideo } from '../../platform/records/change.ts';
import type { Publications } from '../../platform/records/publications.ts';
import type { VideoChange, Videos } from '../../platform/records/videos.ts';

export interface PublicationParts {
  readonly videos: Pick<Videos, 'get' | 'change'>;
  readonly publications: Publications;
  readonly publish: Publish;
}

export type PublicationService = ReturnType<typeof publicationService>;
type Change = Pick<VideoChange, 'set' | 'remove'>;

/**
 * Tells the platform, once, that everybody can watch a video. Whoever writes `publishedAt` tells it, and marks that it has
 * still to be told; the mark goes when it has been. One that stays is of somebody who died in between: it is told again.
 */
export function publicationService({ videos, publications, publish }: PublicationParts) {
  const tell = async ({ videoId, ownerId, attempt, publishedAt, publicationAt }: Video): Promise<void> => {
    if (publishedAt === undefined || publicationAt === undefined) return;
    await publish(videoPublished, { videoId, ownerId, attempt, publishedAt });
    await publications.settle(videoId, publicationAt);
  };

  const publishBy = async (
    videoId: VideoId,
    change: (video: Video) => Change | undefined,
    now: number,
  ): Promise<boolean> => {
    const changed = await changeVideo(videos, videoId, change, now);
    if (changed?.publishedAt === undefined) return false;
    await tell(changed);
    return true;
  };

  const asPublished = (at: number, now: number): Change => ({
    set: { publishedAt: at, publicationAt: now + tellAgainAfterMs },
  });

  return {
    tell,

    /** Something has happened to a video that may have made it watchable by everybody. Answers whether it was published by this. */
    ifDue: (videoId: VideoId, now: number): Promise<boolean> =>
      publishBy(
        videoId,
        (video) => {
          const publication = publicationOf(video, now);
          return publication.is === 'due' ? asPublished(publication.at, now) : undefined;
        },
        now,
      ),

    /** All whose time has come, and those that were not told to the end. Answers how many were told. */
    async allDue(now: number): Promise<number> {
      let told = 0;
      for (const videoId of await publications.listDue(now)) {
        // The index may be behind: what the record itself says counts.
        const mark = (await videos.get(videoId))?.publicationAt;
        if (mark === undefined || mark > now) continue;
        const isTold = await publishBy(videoId, (video) => onTime(video, mark, now), now);
        if (isTold) told++;
        // It is not to be published after all: hidden or deleted meanwhile, or nothing to watch yet, of which an event will tell.
        else await publications.settle(videoId, mark);
      }
      return told;
    },
  };

  /** What becomes of a record whose mark is due; nothing if another has taken care of it. */
  function onTime(video: Video, mark: number, now: number): Change | undefined {
    if (video.publicationAt !== mark) return undefined;
    const publication = publicationOf(video, now);
    if (publication.is === 'due') return asPublished(publication.at, now);
    return publication.is === 'published' ? { set: { publicationAt: now + tellAgainAfterMs } } : undefined;
  }
}
