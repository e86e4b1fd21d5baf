import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import type { VideoId } from '../../domain/ids.ts';
import { changesNothing, type Edited, edited, type VideoEdit } from '../../domain/video/edit.ts';
import type { Video } from '../../domain/video/video.ts';
import { changeVideo } from '../../platform/records/change.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { PublicationService } from './publication.ts';

export interface EditingParts {
  readonly videos: Pick<Videos, 'get' | 'change'>;
  readonly publication: Pick<PublicationService, 'tell'>;
}

/** Edits one video: by what is wanted of its newest record, if that has the version asked for, where one is. */
export type EditVideo = (
  videoId: VideoId,
  wanted: (video: Video) => VideoEdit | Problem,
  onlyVersion: number | undefined,
  now: number,
) => Promise<Video | Problem>;

export const notFound = () => problem('video-not-found', 'There is no such video, or it is not yours.');

const conflict = ({ version }: Video) =>
  problem('version-conflict', 'The video has changed meanwhile. Read it again.', { version });

/** Whose video it is comes before which version it has: a stranger learns of neither. */
function changeOf(
  video: Video,
  wanted: (video: Video) => VideoEdit | Problem,
  onlyVersion: number | undefined,
  now: number,
): Edited | Problem {
  const edit = wanted(video);
  if (isProblem(edit)) return edit;
  return onlyVersion === undefined || onlyVersion === video.version ? edited(video, edit, now) : conflict(video);
}

/** The one way in which creators change what is told of their videos. What says nothing new writes nothing. */
export function editing({ videos, publication }: EditingParts): EditVideo {
  return async (videoId, wanted, onlyVersion, now) => {
    let unchanged: Video | Problem | undefined;
    let isPublished = false;
    const changed = await changeVideo(
      videos,
      videoId,
      (video) => {
        const change = changeOf(video, wanted, onlyVersion, now);
        if (isProblem(change) || changesNothing(change)) {
          unchanged = isProblem(change) ? change : video;
          return undefined;
        }
        isPublished = change.set.publishedAt !== undefined;
        return change;
      },
      now,
    );
    if (changed === undefined) return unchanged ?? notFound();
    if (isPublished) await publication.tell(changed);
    return changed;
  };
}
