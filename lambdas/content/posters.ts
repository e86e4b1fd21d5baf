import { type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf } from '../../domain/api/route.ts';
import type { PictureId, VideoId } from '../../domain/ids.ts';
import { type JobMessage, jobId } from '../../domain/jobs/jobs.ts';
import { availability } from '../../domain/jobs/records.ts';
import { pictureKey } from '../../domain/media/paths.ts';
import {
  maxPictureBytes,
  PictureType,
  pictureProblems,
  pictureUrlLifetimeSeconds,
} from '../../domain/media/picture.ts';
import { candidatePaths, type PosterChoice, posterInForce } from '../../domain/video/poster.ts';
import type { Video } from '../../domain/video/video.ts';
import { newPictureId } from '../../platform/ids.ts';
import type { SendJobs } from '../../platform/job-queues.ts';
import type { Jobs } from '../../platform/records/jobs/jobs.ts';
import type { Videos } from '../../platform/records/videos.ts';
import { creatorVideo } from './creator-video.ts';
import type { Pictures } from './pictures.ts';
import type { routes } from './routes.ts';

type Routes = typeof routes;
type Answer<R extends keyof Routes> = Promise<AnswerOf<Routes[R]> | Problem>;
type Posters = AnswerOf<Routes['listPosters']>;

export interface PosterDeps {
  readonly videos: Pick<Videos, 'get' | 'change'>;
  readonly pictures: Pictures;
  readonly jobs: Pick<Jobs, 'createJob' | 'getJob'>;
  readonly sendJobs: SendJobs;
}

const notFound = () => problem('video-not-found', 'There is no such video, or it is not yours.');

/** The job that makes a poster of a sent picture. Jobs are kept by run; before a video's first it is the one to come. */
const jobOf = ({ videoId, attempt }: Pick<Video, 'videoId' | 'attempt'>, pictureId: PictureId): JobMessage => ({
  kind: 'picture',
  videoId,
  attempt: Math.max(1, attempt),
  pictureId,
});

/** The picture of their own that a creator may go back to: the one in force, or the last that was made. */
function ownPicture({ poster, picture }: Video): PictureId | undefined {
  if (poster?.kind === 'own') return poster.pictureId;
  return picture?.state === 'made' ? picture.pictureId : undefined;
}

/** What a creator does about the poster of a video that is theirs. */
export function posterService({ videos, pictures, jobs, sendJobs }: PosterDeps) {
  const existing = async (videoId: VideoId): Promise<Video | undefined> => {
    const video = await videos.get(videoId);
    return video?.state === 'deleted' ? undefined : video;
  };

  /** How far the last picture is that was sent. Of one whose job has failed for good no worker will say so. */
  async function sent({ videoId, picture }: Video, now: number): Promise<Posters['sent']> {
    if (picture === undefined) return null;
    const { pictureId } = picture;
    const refused = (code: keyof typeof pictureProblems) =>
      ({ pictureId, state: 'refused', problem: { code, sentence: pictureProblems[code] } }) as const;
    if (picture.state === 'made') return { pictureId, state: 'made', problem: null };
    if (picture.state === 'refused') return refused(picture.problem);
    const message = jobOf({ videoId, attempt: picture.attempt }, pictureId);
    const job = await jobs.getJob(message, jobId(message));
    const isLost = job !== undefined && availability(job, now) === 'exhausted';
    return isLost ? refused('picture-not-made') : { pictureId, state: 'pending', problem: null };
  }

  return {
    async list(videoId: VideoId, now: number): Answer<'listPosters'> {
      const video = await existing(videoId);
      if (video === undefined) return notFound();
      const chosen = posterInForce(video);
      const own = ownPicture(video);
      return {
        candidates: candidatePaths(video).map((path, i) => ({
          number: i + 1,
          path,
          chosen: chosen?.kind === 'candidate' && chosen.number === i + 1,
        })),
        own: own ? { pictureId: own, path: `/${pictureKey(videoId, own)}`, chosen: chosen?.kind === 'own' } : null,
        sent: await sent(video, now),
      };
    },

    async choose(videoId: VideoId, choice: PosterChoice, now: number): Answer<'choosePoster'> {
      const video = await existing(videoId);
      if (video === undefined) return notFound();
      const isThere =
        choice.kind === 'own' ? choice.pictureId === ownPicture(video) : choice.number <= candidatePaths(video).length;
      if (!isThere) return problem('poster-not-found', 'The video has no such picture. Read the list again.');
      const changed = await videos.change(videoId, { set: { poster: choice } }, now);
      return changed ? creatorVideo(changed) : notFound();
    },

    async sign(videoId: VideoId, body: BodyOf<Routes['signPicture']>, now: number): Answer<'signPicture'> {
      if (!PictureType.safeParse(body.contentType).success) {
        return problem('type-not-accepted', 'This kind of file is not accepted. Choose a JPEG, PNG or WebP file.', {
          accepted: PictureType.options,
        });
      }
      if (body.sizeBytes > maxPictureBytes) {
        return problem('file-too-large', 'The picture is too large: 20 MB is the limit.', {
          maxBytes: maxPictureBytes,
        });
      }
      const pictureId = newPictureId();
      const signed = await pictures.sign(videoId, pictureId, body);
      return { pictureId, ...signed, expiresAt: now + pictureUrlLifetimeSeconds * 1000 };
    },

    /** Has a picture made into a poster. May be repeated: a second message finds its job claimed, or done. */
    async begin(videoId: VideoId, pictureId: PictureId, now: number): Answer<'beginPicture'> {
      const video = await existing(videoId);
      if (video === undefined) return notFound();
      const known = video.picture?.pictureId === pictureId ? video.picture : undefined;
      if (known && known.state !== 'pending') return undefined;
      if ((await pictures.sizeOf(videoId, pictureId)) === undefined) {
        return problem('picture-incomplete', 'Nothing is stored of this picture. Send it.');
      }
      const message = jobOf(known ? { videoId, attempt: known.attempt } : video, pictureId);
      await jobs.createJob(message, message);
      if (!known) {
        const picture = { pictureId, state: 'pending', attempt: message.attempt } as const;
        await videos.change(videoId, { set: { picture } }, now);
      }
      // Last: a worker that is quicker than the record would find that nobody waits.
      await sendJobs([message]);
      return undefined;
    },
  };
}
