import { Button, Stack } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VideoId } from '../../../domain/ids.ts';
import type { CommentView } from '../../../lambdas/community/routes.ts';
import { formatCount } from '../../shared/format.ts';
import { CommentItem } from './CommentItem.tsx';
import { Composer } from './Composer.tsx';
import { type CommentActions, repliesQuery } from './queries.ts';

interface Props {
  readonly videoId: VideoId;
  readonly comment: CommentView;
  readonly actions: CommentActions;
  readonly owned: boolean;
  readonly pinned?: boolean;
  /** Whether the person may answer. */
  readonly open: boolean;
}

/** A comment with the answers to it, which are asked for when somebody wants to read them. */
export function Thread({ videoId, comment, actions, owned, pinned = false, open }: Props) {
  const [isReplying, setReplying] = useState(false);
  const [isUnfolded, setUnfolded] = useState(false);
  const { commentId, replies } = comment;
  return (
    <CommentItem
      comment={comment}
      actions={actions}
      owned={owned}
      pinned={pinned}
      isThread
      onReply={open ? () => setReplying(true) : undefined}
    >
      {isReplying && (
        <Composer
          label={`Reply to ${comment.author?.name ?? 'this comment'}`}
          action="Reply"
          autoFocus
          onCancel={() => setReplying(false)}
          onSubmit={async (text) => {
            await actions.post.mutateAsync({ text, replyTo: commentId });
            setReplying(false);
            setUnfolded(true);
          }}
        />
      )}
      {replies > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={isUnfolded ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {formatCount(replies, 'reply', 'replies')}
        </Button>
      )}
      {isUnfolded && <Replies videoId={videoId} comment={comment} actions={actions} owned={owned} />}
    </CommentItem>
  );
}

function Replies({ videoId, comment, actions, owned }: Pick<Props, 'videoId' | 'comment' | 'actions' | 'owned'>) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    repliesQuery(videoId, comment.commentId),
  );
  return (
    <Stack gap="md" mt="xs">
      {data?.pages
        .flatMap(({ comments }) => comments)
        .map((reply) => (
          <CommentItem key={reply.commentId} comment={reply} actions={actions} owned={owned} isThread={false} />
        ))}
      {hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          style={{ alignSelf: 'flex-start' }}
        >
          Show more replies
        </Button>
      )}
    </Stack>
  );
}
