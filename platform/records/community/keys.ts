import { type CommentId, commentIdOf, placeOf } from '../../../domain/community/comments.ts';
import { type UserId, VideoId } from '../../../domain/ids.ts';

/** Index of the community table: what somebody has written, by kind and time. Keys alone. */
export const byPersonIndex = 'byPerson';
/** Index of the community table: the threads of a video, the best first. */
export const byRankIndex = 'byRank';

/** What somebody may have written, as `byPerson` sorts it. */
export const personalKinds = ['LIKES', 'COMMENT-LIKES', 'SUBSCRIPTIONS', 'COMMENTS'] as const;
export type PersonalKind = (typeof personalKinds)[number];
export const personKey = (kind: PersonalKind, userId: UserId) => `${kind}#${userId}`;

export const likesKey = (of: VideoId | CommentId) => `LIKES#${of}`;
export const subscribersKey = (channel: UserId) => `SUBSCRIBERS#${channel}`;
const commentsPrefix = 'COMMENTS#';
export const commentsKey = (videoId: VideoId) => `${commentsPrefix}${videoId}`;

export const threadPrefix = 'C#';
export const repliesPrefix = (thread: string) => `R#${thread}#`;

/** Where a comment is: threads of a video together by time, and the replies of each. */
export function commentKey(commentId: CommentId) {
  const { videoId, thread, reply } = placeOf(commentId);
  return {
    pk: commentsKey(videoId),
    sk: reply === undefined ? `${threadPrefix}${thread}` : `${repliesPrefix(thread)}${reply}`,
  };
}

/** The comment that is kept under a key. */
export function commentIdOfKey({ pk, sk }: { readonly pk: string; readonly sk: string }): CommentId {
  const videoId = VideoId.parse(pk.slice(commentsPrefix.length));
  const [, thread = '', reply] = sk.split('#');
  return commentIdOf({ videoId, thread, ...(reply !== undefined && { reply }) });
}

/** What others see of a person. */
export const cardKey = (userId: UserId) => ({ pk: `PERSON#${userId}`, sk: 'CARD' });
