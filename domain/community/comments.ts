import * as z from 'zod';
import type { Caller } from '../access/policy.ts';
import { UserId, VideoId } from '../ids.ts';
import { SomeParagraphs } from '../text.ts';

const ulid = '[0-7][0-9A-HJKMNP-TV-Z]{25}';

/**
 * The id of a comment says where it is: its video, its thread and, of a reply, itself. All are ULIDs, so comments sort by
 * time, and who does not know the video does not know them.
 */
export const CommentId = z
  .string()
  .regex(new RegExp(`^${ulid}(-${ulid}){1,2}$`), 'must be the id of a comment')
  .brand('CommentId');
export type CommentId = z.infer<typeof CommentId>;

export interface CommentPlace {
  readonly videoId: VideoId;
  /** The comment that a thread begins with. */
  readonly thread: string;
  /** Absent: it is that comment itself. */
  readonly reply?: string;
}

export function placeOf(commentId: CommentId): CommentPlace {
  const [videoId, thread = '', reply] = commentId.split('-');
  return { videoId: VideoId.parse(videoId), thread, ...(reply !== undefined && { reply }) };
}

export const commentIdOf = ({ videoId, thread, reply }: CommentPlace): CommentId =>
  CommentId.parse([videoId, thread, reply].filter((part) => part !== undefined).join('-'));

/** The comment that begins the thread. */
export const threadOf = (commentId: CommentId): CommentId => {
  const { videoId, thread } = placeOf(commentId);
  return commentIdOf({ videoId, thread });
};

/** Plain text; who shows it keeps its line breaks and escapes the rest. */
export const CommentText = SomeParagraphs(5000);

/**
 * `held`: its author, the video's owner and moderators see it, until one of the latter lets it through. `removed`: an empty place that keeps a
 * thread's replies together.
 */
export const CommentState = z.enum(['shown', 'held', 'removed']);

/** What a video's owner lets people do: comment; comment, and be seen once the owner agrees; read only. */
export const Commenting = z.enum(['open', 'held', 'closed']);
export type Commenting = z.infer<typeof Commenting>;

export const Comment = z.object({
  commentId: CommentId,
  /** Gone from a removed one. */
  authorId: UserId.optional(),
  text: z.string().optional(),
  state: CommentState,
  createdAt: z.int(),
  editedAt: z.int().optional(),
  /** Raised by each edit. */
  version: z.int().positive(),
  likes: z.int().nonnegative(),
  /** Those that are shown. */
  replies: z.int().nonnegative(),
});
export type Comment = z.infer<typeof Comment>;

/** Who decides about comments beside the owner of a video. */
export const commentJudges = ['moderator', 'admin'] as const;

/** Whether somebody decides about the comments on videos that are not theirs. */
export const judgesComments = (caller: Pick<Caller, 'roles'> | undefined): boolean =>
  commentJudges.some((role) => caller?.roles.includes(role));

/** Whether somebody sees that there is such a comment, on a video of `ownerId` that they may watch. */
export function seesComment(
  { state, authorId }: Pick<Comment, 'state' | 'authorId'>,
  ownerId: UserId,
  caller: Pick<Caller, 'userId' | 'roles'> | undefined,
): boolean {
  if (state !== 'held') return true;
  return caller !== undefined && (caller.userId === authorId || caller.userId === ownerId || judgesComments(caller));
}

/** More likes than any comment has had time to lose by being older. */
const secondsOfLike = 10 ** 10;

/** What the best comments are sorted by: likes, and the newer of two with as many. */
export const rankOf = ({ likes, createdAt }: Pick<Comment, 'likes' | 'createdAt'>): number =>
  likes * secondsOfLike + Math.floor(createdAt / 1000);

/** By how much one like more raises the rank. */
export const rankOfLike = secondsOfLike;
