import pMap from 'p-map';
import { isProblem, type Problem, problem } from '../../domain/api/problems.ts';
import { videoRestored } from '../../domain/events/events.ts';
import { type UserId, VideoId } from '../../domain/ids.ts';
import { interruptedRun, isRestorable, restoration } from '../../domain/video/deletion.ts';
import type { Video } from '../../domain/video/video.ts';
import { type DeletionParts, deleteVideo } from '../../platform/deletion.ts';
import type { Jobs } from '../../platform/records/jobs/jobs.ts';
import type { Trash, TrashPlace } from '../../platform/records/trash.ts';
import type { DeletedVideo, Outcomes } from './deletion-routes.ts';

export interface TrashParts extends DeletionParts {
  readonly trash: Trash;
  readonly jobs: Pick<Jobs, 'reopen'>;
}

/** Calls at a time for one request that names many videos. */
const atATime = 10;

const notFound = () => problem('video-not-found', 'There is no such video, or it is not yours.');

const deletedVideo = ({ videoId, title, version, durationSeconds, deletedAt, purgeAt }: Video): DeletedVideo => ({
  videoId,
  title,
  version,
  durationSeconds: durationSeconds ?? null,
  deletedAt: deletedAt ?? 0,
  purgeAt: purgeAt ?? 0,
});

/** A cursor is where its page ended, as `deletedAt.videoId`. */
const cursorOf = (end: TrashPlace | undefined) => (end ? `${end.deletedAt}.${end.videoId}` : null);

function placeOf(cursor: string): TrashPlace | undefined {
  const [, deletedAt, id] = /^(\d{1,15})\.(\w+)$/.exec(cursor) ?? [];
  const videoId = VideoId.safeParse(id);
  return videoId.success ? { deletedAt: Number(deletedAt), videoId: videoId.data } : undefined;
}

/** What a creator does with videos that they want no more, or back, once they are known to be theirs. */
export function deletionService(parts: TrashParts) {
  const { videos, publish, trash, jobs } = parts;

  const ownerOf = async (videoId: VideoId): Promise<UserId | undefined> => (await videos.get(videoId))?.ownerId;

  /**
   * The books of a run that was broken off are opened before the record says that it goes on: from then on workers may ask
   * them. Its execution starts by the event, or by the reconciler a minute later.
   */
  async function restore(videoId: VideoId, now: number): Promise<undefined | Problem> {
    for (;;) {
      const video = await videos.get(videoId);
      if (video === undefined) return notFound();
      const decided = restoration(video, now);
      if (decided.is === 'refused') return problem('not-restorable', decided.why);
      if (decided.is === 'change') {
        const run = interruptedRun(video);
        if (run) await jobs.reopen(run);
        const { set, remove } = decided;
        const onlyIf = { state: ['deleted'], version: video.version } as const;
        if ((await videos.change(videoId, { set, remove, onlyIf }, now)) === undefined) continue;
      }
      await publish(videoRestored, { videoId, ownerId: video.ownerId });
      return undefined;
    }
  }

  /** Each by itself: of what is not the caller's nothing is told but that it is refused. */
  async function each(
    ids: readonly VideoId[],
    userId: UserId,
    act: (videoId: VideoId) => Promise<unknown>,
  ): Promise<Outcomes> {
    const outcomes = await pMap(
      new Set(ids),
      async (videoId) => {
        const isDone = (await ownerOf(videoId)) === userId && !isProblem(await act(videoId));
        return { videoId, isDone };
      },
      { concurrency: atATime },
    );
    const idsOf = (done: boolean) => outcomes.filter(({ isDone }) => isDone === done).map(({ videoId }) => videoId);
    return { done: idsOf(true), refused: idsOf(false) };
  }

  return {
    ownerOf,
    restore,

    async delete(videoId: VideoId, ifMatch: number | undefined, now: number): Promise<DeletedVideo | Problem> {
      const deleted = await deleteVideo(parts, videoId, { ifMatch, now });
      return isProblem(deleted) ? deleted : deletedVideo(deleted);
    },

    async purge(videoId: VideoId, now: number): Promise<undefined | Problem> {
      const deleted = await deleteVideo(parts, videoId, { forGood: true, now });
      return isProblem(deleted) ? deleted : undefined;
    },

    async list(ownerId: UserId, limit: number, cursor: string | undefined, now: number) {
      const after = cursor === undefined ? undefined : placeOf(cursor);
      if (cursor !== undefined && after === undefined)
        return problem('invalid-request', 'The cursor is not one that a list has given.');
      const page = await trash.list(ownerId, { limit, after });
      return {
        videos: page.videos.filter((video) => isRestorable(video, now)).map(deletedVideo),
        cursor: cursorOf(page.end),
      };
    },

    deleteMany: (videoIds: readonly VideoId[], userId: UserId, now: number) =>
      each(videoIds, userId, (videoId) => deleteVideo(parts, videoId, { now })),

    restoreMany: (videoIds: readonly VideoId[], userId: UserId, now: number) =>
      each(videoIds, userId, (videoId) => restore(videoId, now)),
  };
}
