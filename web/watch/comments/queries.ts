import { notifications } from '@mantine/notifications';
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { CommentId, Commenting } from '../../../domain/community/comments.ts';
import type { VideoId } from '../../../domain/ids.ts';
import type { CommentView } from '../../../lambdas/community/routes.ts';
import { api } from '../../shared/api.ts';
import { problemSentence } from '../../shared/problem-sentence.ts';
import { standingQuery } from '../standing.ts';

export type Sort = 'top' | 'newest';

interface Page {
  readonly commenting?: Commenting;
  readonly pinned?: CommentView | null;
  readonly comments: CommentView[];
  readonly cursor: string | null;
}
type Pages = InfiniteData<Page>;

const from = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });
const paged = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ cursor }: Page) => cursor ?? undefined,
};

/** All lists of comments of a video begin with this key. */
const ofVideo = (videoId: VideoId) => ['comments', videoId] as const;

export const commentsQuery = (videoId: VideoId, sort: Sort) =>
  infiniteQueryOptions({
    queryKey: [...ofVideo(videoId), sort],
    queryFn: ({ pageParam }): Promise<Page> =>
      api.community.listComments({ params: { videoId }, query: { sort, ...from(pageParam) } }),
    ...paged,
  });

export const repliesQuery = (videoId: VideoId, commentId: CommentId) =>
  infiniteQueryOptions({
    queryKey: [...ofVideo(videoId), 'replies', commentId],
    queryFn: ({ pageParam }): Promise<Page> =>
      api.community.listReplies({ params: { commentId }, query: from(pageParam) }),
    ...paged,
  });

/** Shows a change in every list that has the comment. `undefined`: it is gone. */
function show(
  queries: QueryClient,
  videoId: VideoId,
  commentId: CommentId,
  change: (comment: CommentView) => CommentView | undefined,
): void {
  const changed = (comment: CommentView) => (comment.commentId === commentId ? change(comment) : comment);
  queries.setQueriesData<Pages>({ queryKey: ofVideo(videoId) }, (data) =>
    data === undefined
      ? data
      : {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            ...(page.pinned && { pinned: changed(page.pinned) ?? null }),
            comments: page.comments.flatMap((comment) => changed(comment) ?? []),
          })),
        },
  );
}

/** What one does with the comments of a video. Each shows at once, and is taken back if it is refused. */
export function useComments(videoId: VideoId) {
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: ofVideo(videoId) });
  const recount = () => void queries.invalidateQueries({ queryKey: standingQuery(videoId).queryKey });
  const refused = (title: string) => (error: Error) => {
    void reload();
    recount();
    notifications.show({ color: 'red', title, message: problemSentence(error) });
  };

  return {
    post: useMutation({
      mutationFn: ({ text, replyTo }: { text: string; replyTo?: CommentId | undefined }) =>
        api.community.postComment({ params: { videoId }, body: { text, ...(replyTo && { replyTo }) } }),
      onSuccess: (comment, { replyTo }) => {
        recount();
        if (replyTo === undefined) {
          // Where the list begins, whatever it is sorted by: one sees what one has written.
          queries.setQueriesData<Pages>(
            {
              predicate: ({ queryKey: [kind, id, sort] }) =>
                kind === 'comments' && id === videoId && sort !== 'replies',
            },
            (data) => {
              const [first, ...rest] = data?.pages ?? [];
              return data && first
                ? { ...data, pages: [{ ...first, comments: [comment, ...first.comments] }, ...rest] }
                : data;
            },
          );
          return;
        }
        show(queries, videoId, replyTo, (thread) => ({ ...thread, replies: thread.replies + 1 }));
        void queries.invalidateQueries({ queryKey: repliesQuery(videoId, replyTo).queryKey });
      },
      onError: (error) =>
        notifications.show({ color: 'red', title: 'Your comment was not posted', message: problemSentence(error) }),
    }),

    edit: useMutation({
      mutationFn: ({ commentId, version, text }: Pick<CommentView, 'commentId' | 'version'> & { text: string }) =>
        api.community.editComment({ params: { commentId }, body: { text }, ifMatch: version }),
      onMutate: ({ commentId, text }) =>
        show(queries, videoId, commentId, (comment) => ({ ...comment, text, editedAt: Date.now() })),
      onSuccess: (comment) => show(queries, videoId, comment.commentId, () => comment),
      onError: refused('Your change was not saved'),
    }),

    remove: useMutation({
      /** `owner`: of the video, who removes what others wrote on it. */
      mutationFn: ({ commentId, as }: { commentId: CommentId; as: 'author-or-moderator' | 'owner' }) =>
        as === 'author-or-moderator'
          ? api.community.deleteComment({ params: { commentId } })
          : api.community.removeComment({ params: { videoId, commentId } }),
      onMutate: ({ commentId }) =>
        show(queries, videoId, commentId, (comment) =>
          comment.replies > 0
            ? { ...comment, text: null, author: null, state: 'removed' as const, likes: 0, liked: false }
            : undefined,
        ),
      onSuccess: () => {
        recount();
        void reload();
      },
      onError: refused('The comment was not deleted'),
    }),

    like: useMutation({
      mutationFn: ({ commentId, liked }: { commentId: CommentId; liked: boolean }) =>
        liked
          ? api.community.likeComment({ params: { commentId } })
          : api.community.unlikeComment({ params: { commentId } }),
      onMutate: ({ commentId, liked }) =>
        show(queries, videoId, commentId, (comment) => ({
          ...comment,
          liked,
          likes: Math.max(0, comment.likes + (liked ? 1 : -1)),
        })),
      onError: refused('Your like was not saved'),
    }),

    approve: useMutation({
      mutationFn: ({ commentId, version }: Pick<CommentView, 'commentId' | 'version'>) =>
        api.community.approveComment({ params: { videoId, commentId }, ifMatch: version }),
      onMutate: ({ commentId }) =>
        show(queries, videoId, commentId, (comment) => ({ ...comment, state: 'shown' as const })),
      onSuccess: recount,
      onError: refused('The comment is still held'),
    }),

    choose: useMutation({
      mutationFn: (body: { commenting?: Commenting; pinned?: CommentId | null }) =>
        api.community.chooseCommenting({ params: { videoId }, body }),
      onSuccess: () => void reload(),
      onError: refused('Your choice was not saved'),
    }),
  };
}
export type CommentActions = ReturnType<typeof useComments>;
