import type { Caller } from '../../domain/access/policy.ts';
import { type Problem, problem } from '../../domain/api/problems.ts';
import {
  type Comment,
  type CommentId,
  commentIdOf,
  placeOf,
  rankOf,
  seesComment,
  threadOf,
} from '../../domain/community/comments.ts';
import type { PersonCard } from '../../domain/community/person.ts';
import type { UserId, VideoId } from '../../domain/ids.ts';
import type { Video } from '../../domain/video/video.ts';
import { mayWatch } from '../../domain/video/visibility.ts';
import { newCommentPart } from '../../platform/ids.ts';
import type { Comments } from '../../platform/records/community/comments.ts';
import type { Marks } from '../../platform/records/community/marks.ts';
import type { CommentSettings, SettingsChange } from '../../platform/records/community/settings.ts';
import type { Videos } from '../../platform/records/videos.ts';
import type { CommentCursor, CommentView } from './comment-routes.ts';
import { type People, unknownPerson } from './people-store.ts';

export interface CommentStores {
  readonly videos: Pick<Videos, 'get'>;
  readonly comments: Comments;
  readonly marks: Marks;
  readonly settings: CommentSettings;
  readonly people: Pick<People, 'cards'>;
}

interface Page {
  readonly cursor?: CommentCursor | undefined;
  readonly limit: number;
}

const noVideo = () => problem('video-not-found', 'There is no such video, or you may not watch it.');
const noComment = () => problem('comment-not-found', 'It does not exist, or not for you.');

const conflict = ({ version }: Comment) =>
  problem('version-conflict', 'The comment has changed meanwhile. Read it again.', { version });

/** A cursor of the last comment of a full page; a shorter page is the last. */
const cursorAfter = (comments: readonly Comment[], limit: number): string | null => {
  const last = comments.length < limit ? undefined : comments.at(-1);
  return last ? idOfLast(last.commentId) : null;
};
const idOfLast = (commentId: CommentId) => placeOf(commentId).reply ?? placeOf(commentId).thread;

/** What people say about videos that they may watch. */
export function commentService({ videos, comments, marks, settings, people }: CommentStores) {
  async function watched(videoId: VideoId, caller: Caller | undefined, now: number): Promise<Video | undefined> {
    const video = await videos.get(videoId);
    return video && mayWatch(video, caller, now) ? video : undefined;
  }

  /** A comment that the caller sees. */
  async function seen(commentId: CommentId, caller: Caller | undefined, now: number): Promise<Comment | undefined> {
    const [video, comment] = await Promise.all([
      watched(placeOf(commentId).videoId, caller, now),
      comments.get(commentId),
    ]);
    return video && comment && seesComment(comment, video.ownerId, caller) ? comment : undefined;
  }

  async function views(found: readonly Comment[], caller: Caller | undefined): Promise<CommentView[]> {
    const [cards, liked] = await Promise.all([
      people.cards(found.flatMap(({ authorId }) => authorId ?? [])),
      caller
        ? marks.likedAmong(
            found.filter(({ likes }) => likes > 0).map(({ commentId }) => commentId),
            caller.userId,
          )
        : new Set<string>(),
    ]);
    return found.map((comment) =>
      viewOf(
        comment,
        comment.authorId && (cards.get(comment.authorId) ?? unknownPerson(comment.authorId)),
        liked.has(comment.commentId),
      ),
    );
  }

  /** Sees to it that a comment is on this video, whose owner the caller is. */
  const isOn = (videoId: VideoId, commentId: CommentId) => placeOf(commentId).videoId === videoId;

  return {
    ownerOf: async (commentId: CommentId): Promise<UserId | undefined> => (await comments.get(commentId))?.authorId,
    videoOwnerOf: async (videoId: VideoId): Promise<UserId | undefined> => {
      const video = await videos.get(videoId);
      return video && video.state !== 'deleted' ? video.ownerId : undefined;
    },

    async list(
      videoId: VideoId,
      { sort, cursor, limit }: Page & { sort: 'newest' | 'top' },
      caller: Caller | undefined,
      now: number,
    ) {
      const [video, { commenting, pinned: pinnedId }] = await Promise.all([
        watched(videoId, caller, now),
        settings.get(videoId),
      ]);
      if (!video) return noVideo();
      const isFirst = cursor === undefined;
      const [page, pinned] = await Promise.all([
        sort === 'top' ? best(videoId, cursor, limit) : newest(videoId, cursor, limit),
        isFirst && pinnedId ? comments.get(pinnedId) : undefined,
      ]);
      if (page === undefined) return problem('invalid-request', 'cursor: is of another list.');
      const shown = page.found.filter(
        (comment) => comment.commentId !== pinnedId && seesComment(comment, video.ownerId, caller),
      );
      const isPinned = pinned !== undefined && pinned.state === 'shown';
      const [first, ...rest] = await views(isPinned ? [pinned, ...shown] : shown, caller);
      const all = first === undefined ? [] : [first, ...rest];
      return {
        commenting,
        pinned: isPinned ? (first ?? null) : null,
        comments: isPinned ? rest : all,
        cursor: page.cursor,
      };
    },

    async replies(commentId: CommentId, { cursor, limit }: Page, caller: Caller | undefined, now: number) {
      const video = await watched(placeOf(commentId).videoId, caller, now);
      if (!video) return noComment();
      const found = await comments.replies(commentId, { limit, after: cursor?.id });
      const shown = found.filter((comment) => seesComment(comment, video.ownerId, caller));
      return { comments: await views(shown, caller), cursor: cursorAfter(found, limit) };
    },

    async post(
      videoId: VideoId,
      { text, replyTo }: { readonly text: string; readonly replyTo?: CommentId | undefined },
      caller: Caller,
      now: number,
    ): Promise<CommentView | Problem> {
      const [video, { commenting }] = await Promise.all([watched(videoId, caller, now), settings.get(videoId)]);
      if (!video) return noVideo();
      if (replyTo !== undefined && !isOn(videoId, replyTo)) return noComment();
      const isOwner = caller.userId === video.ownerId;
      if (commenting === 'closed' && !isOwner)
        return problem('comments-closed', 'The owner of the video has closed its comments.');
      const part = newCommentPart();
      // A reply to a reply belongs to the same thread: there is one level.
      const place = replyTo === undefined ? { thread: part } : { thread: placeOf(replyTo).thread, reply: part };
      const comment = {
        commentId: commentIdOf({ videoId, ...place }),
        authorId: caller.userId,
        text,
        state: commenting === 'held' && !isOwner ? ('held' as const) : ('shown' as const),
        createdAt: now,
        version: 1,
        likes: 0,
        replies: 0,
      };
      if (replyTo !== undefined && (await seen(threadOf(replyTo), caller, now))?.state !== 'shown') return noComment();
      if (!(await comments.add(comment))) return noComment();
      const cards = await people.cards([caller.userId]);
      return viewOf(comment, cards.get(caller.userId) ?? { ...unknownPerson(caller.userId), name: caller.name }, false);
    },

    /**
     * Without `ifMatch` the last writer wins. Where comments are held, what everybody sees is what the owner has read: another
     * text would be seen by all before it is read.
     */
    async edit(commentId: CommentId, text: string, ifMatch: number | undefined, caller: Caller, now: number) {
      const { videoId } = placeOf(commentId);
      const [video, { commenting }] = await Promise.all([videos.get(videoId), settings.get(videoId)]);
      const onlyHeld = commenting === 'held' && caller.userId !== video?.ownerId;
      const edited = await comments.edit(commentId, text, { version: ifMatch, onlyHeld }, now);
      if (edited) {
        const [view] = await views([edited], caller);
        return view ?? noComment();
      }
      const current = await comments.get(commentId);
      if (!current?.authorId) return noComment();
      return onlyHeld && current.state === 'shown'
        ? problem('comment-approved', 'What was let through stays as it is. Delete it, and write another.')
        : conflict(current);
    },

    remove: async (commentId: CommentId): Promise<undefined | Problem> =>
      (await comments.remove(commentId)) ? undefined : noComment(),

    removeFrom: async (videoId: VideoId, commentId: CommentId): Promise<undefined | Problem> =>
      isOn(videoId, commentId) && (await comments.remove(commentId)) ? undefined : noComment(),

    /** Again changes nothing. What is let through is the text that was read, or nothing. */
    async approve(videoId: VideoId, commentId: CommentId, ifMatch: number | undefined): Promise<undefined | Problem> {
      if (!isOn(videoId, commentId)) return noComment();
      const comment = await comments.get(commentId);
      if (
        comment?.state === 'held' &&
        (ifMatch ?? comment.version) === comment.version &&
        (await comments.show(comment))
      )
        return undefined;
      const current = await comments.get(commentId);
      if (current?.state === 'shown') return undefined;
      const isOther = current?.state === 'held' && current.version !== (ifMatch ?? comment?.version);
      // The thread of a reply may have gone.
      return isOther ? conflict(current) : noComment();
    },

    async choose(videoId: VideoId, change: SettingsChange) {
      const { pinned } = change;
      if (pinned) {
        const comment = isOn(videoId, pinned) ? await comments.get(pinned) : undefined;
        if (comment?.state !== 'shown' || placeOf(pinned).reply !== undefined) return noComment();
      }
      const chosen = await settings.change(videoId, change);
      return { commenting: chosen.commenting, pinned: chosen.pinned ?? null };
    },

    async like(commentId: CommentId, caller: Caller, now: number): Promise<undefined | Problem> {
      const comment = await seen(commentId, caller, now);
      if (comment?.state !== 'shown') return noComment();
      return (await marks.set({ kind: 'comment', id: commentId }, caller.userId, now)) === 'gone'
        ? noComment()
        : undefined;
    },

    async unlike(commentId: CommentId, caller: Caller): Promise<undefined> {
      await marks.clear({ kind: 'comment', id: commentId }, caller.userId);
    },
  };

  async function newest(videoId: VideoId, cursor: CommentCursor | undefined, limit: number) {
    const found = await comments.newest(videoId, { limit, after: cursor?.id });
    return { found, cursor: cursorAfter(found, limit) };
  }

  /** Undefined: the cursor says no rank. */
  async function best(videoId: VideoId, cursor: CommentCursor | undefined, limit: number) {
    if (cursor !== undefined && cursor.rank === undefined) return undefined;
    const after = cursor && { rank: cursor.rank ?? 0, thread: cursor.id };
    const found = await comments.top(videoId, { limit, after });
    const last = found.length < limit ? undefined : found.at(-1);
    return { found, cursor: last ? `${rankOf(last)}.${idOfLast(last.commentId)}` : null };
  }
}

const viewOf = (comment: Comment, author: PersonCard | undefined, liked: boolean): CommentView => ({
  commentId: comment.commentId,
  text: comment.text ?? null,
  author: author ?? null,
  state: comment.state,
  createdAt: comment.createdAt,
  editedAt: comment.editedAt ?? null,
  version: comment.version,
  likes: comment.likes,
  replies: comment.replies,
  liked,
});
