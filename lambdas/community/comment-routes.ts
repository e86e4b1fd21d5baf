import * as z from 'zod';
import { anyone, owner, signedIn } from '../../domain/access/policy.ts';
import { reading, writing } from '../../domain/api/limits.ts';
import { nothing, type Routes, route } from '../../domain/api/route.ts';
import { CommentId, Commenting, CommentState, CommentText, commentJudges } from '../../domain/community/comments.ts';
import { PersonCard } from '../../domain/community/person.ts';
import { VideoId } from '../../domain/ids.ts';

/** A comment as people see it. Times are milliseconds since the epoch. */
export const CommentView = z.object({
  commentId: CommentId,
  /** Null: it was removed, and there are replies to it. */
  text: z.string().nullable(),
  author: PersonCard.nullable(),
  state: CommentState,
  createdAt: z.int(),
  editedAt: z.int().nullable(),
  version: z.int(),
  likes: z.int(),
  replies: z.int(),
  /** Whether the caller likes it. */
  liked: z.boolean(),
});
export type CommentView = z.infer<typeof CommentView>;

const Thread = /^(?:(\d{1,16})\.)?([0-7][0-9A-HJKMNP-TV-Z]{25})$/;
/** Where a page of comments ended: of the best, a rank as well. The table takes no number that is not exact. */
export const CommentCursor = z
  .string()
  .regex(Thread, 'must be the cursor of an answer')
  .transform((text) => {
    const [, rank, id = ''] = Thread.exec(text) ?? [];
    return { id, ...(rank !== undefined && { rank: Number(rank) }) };
  })
  .refine(({ rank = 0 }) => Number.isSafeInteger(rank), 'must be the cursor of an answer');
export type CommentCursor = z.output<typeof CommentCursor>;

const page = { cursor: CommentCursor.optional(), limit: z.coerce.number().int().min(1).max(50).default(20) };
const ofVideo = z.object({ videoId: VideoId });
const ofComment = z.object({ commentId: CommentId });
const often = { ratePerSecond: 2000, burst: 4000 };
const seldom = { ratePerSecond: 500, burst: 1000 };
/** Faster than somebody who has read what they answer. */
const commenting = { perUser: { requests: 10, perSeconds: 60 } };

export const commentRoutes = {
  listComments: route({
    method: 'GET',
    path: '/videos/{videoId}/comments',
    summary: 'Comments on a video, with what its owner has chosen for them',
    access: anyone,
    throttle: often,
    limits: reading,
    params: ofVideo,
    query: z.object({ sort: z.enum(['newest', 'top']).default('top'), ...page }),
    answer: {
      status: 200,
      body: z.object({
        commenting: Commenting,
        /** On the first page only. */
        pinned: CommentView.nullable(),
        comments: z.array(CommentView),
        cursor: z.string().nullable(),
      }),
    },
    problems: ['video-not-found'],
  }),
  listReplies: route({
    method: 'GET',
    path: '/comments/{commentId}/replies',
    summary: 'Replies to a comment, the oldest first',
    access: anyone,
    throttle: often,
    limits: reading,
    params: ofComment,
    query: z.object(page),
    answer: { status: 200, body: z.object({ comments: z.array(CommentView), cursor: z.string().nullable() }) },
    problems: ['comment-not-found'],
  }),
  postComment: route({
    method: 'POST',
    path: '/videos/{videoId}/comments',
    idempotency: 'key',
    summary: 'Comment on a video, or reply to a comment on it',
    access: signedIn,
    throttle: seldom,
    limits: commenting,
    params: ofVideo,
    body: z.strictObject({ text: CommentText, replyTo: CommentId.optional() }),
    answer: { status: 201, body: CommentView },
    problems: ['video-not-found', 'comment-not-found', 'comments-closed'],
  }),
  editComment: route({
    method: 'PATCH',
    path: '/comments/{commentId}',
    precondition: 'version',
    summary:
      'Change a comment of the caller; it is marked as edited. Where comments are held, one that was let through stays as it is',
    access: owner('comment', 'commentId'),
    throttle: seldom,
    limits: writing,
    params: ofComment,
    body: z.strictObject({ text: CommentText }),
    answer: { status: 200, body: CommentView },
    problems: ['comment-not-found', 'comment-approved', 'version-conflict'],
  }),
  deleteComment: route({
    method: 'DELETE',
    path: '/comments/{commentId}',
    summary: 'Delete a comment; replies to it stay',
    access: owner('comment', 'commentId', ...commentJudges),
    throttle: seldom,
    limits: writing,
    params: ofComment,
    answer: { status: 204, body: nothing },
    problems: ['comment-not-found'],
  }),
  removeComment: route({
    method: 'DELETE',
    path: '/videos/{videoId}/comments/{commentId}',
    summary: 'Delete a comment of somebody on a video of the caller',
    access: owner('video', 'videoId'),
    throttle: seldom,
    limits: writing,
    params: ofVideo.extend(ofComment.shape),
    answer: { status: 204, body: nothing },
    problems: ['video-not-found', 'comment-not-found'],
  }),
  approveComment: route({
    method: 'PUT',
    path: '/videos/{videoId}/comments/{commentId}/approval',
    precondition: 'version',
    summary: 'Let everybody see a comment that is held; `If-Match` says which text of it was read',
    access: owner('video', 'videoId', ...commentJudges),
    throttle: seldom,
    limits: writing,
    params: ofVideo.extend(ofComment.shape),
    answer: { status: 204, body: nothing },
    problems: ['video-not-found', 'comment-not-found', 'version-conflict'],
  }),
  chooseCommenting: route({
    method: 'PATCH',
    path: '/videos/{videoId}/commenting',
    summary: 'Open, hold or close the comments of a video, or pin one of them',
    access: owner('video', 'videoId', ...commentJudges),
    throttle: seldom,
    limits: writing,
    params: ofVideo,
    body: z
      .strictObject({ commenting: Commenting.optional(), pinned: CommentId.nullable().optional() })
      .refine(({ commenting, pinned }) => commenting !== undefined || pinned !== undefined, 'changes nothing'),
    answer: { status: 200, body: z.object({ commenting: Commenting, pinned: CommentId.nullable() }) },
    problems: ['video-not-found', 'comment-not-found'],
  }),
  likeComment: route({
    method: 'PUT',
    path: '/comments/{commentId}/like',
    summary: 'Like a comment; again changes nothing',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    params: ofComment,
    answer: { status: 204, body: nothing },
    problems: ['comment-not-found'],
  }),
  unlikeComment: route({
    method: 'DELETE',
    path: '/comments/{commentId}/like',
    summary: 'Take back a like of a comment',
    access: signedIn,
    throttle: seldom,
    limits: writing,
    params: ofComment,
    answer: { status: 204, body: nothing },
    problems: [],
  }),
} satisfies Routes;
