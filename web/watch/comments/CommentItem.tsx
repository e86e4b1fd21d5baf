import { Badge, Button, Group, Text } from '@mantine/core';
import { IconPin } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { judgesComments } from '../../../domain/community/comments.ts';
import type { CommentView } from '../../../lambdas/community/routes.ts';
import { ChannelAvatar } from '../../shared/channel/ChannelAvatar.tsx';
import { ChannelLink } from '../../shared/channel/ChannelLink.tsx';
import { formatAgo } from '../../shared/format.ts';
import { useMe } from '../../shared/session.ts';
import { FoldedText } from '../../shared/text/FoldedText.tsx';
import { LikeButton } from '../LikeButton.tsx';
import { TimedText } from '../TimedText.tsx';
import { CommentMenu } from './CommentMenu.tsx';
import classes from './Comments.module.css';
import { Composer } from './Composer.tsx';
import type { CommentActions } from './queries.ts';

interface Props {
  readonly comment: CommentView;
  readonly actions: CommentActions;
  /** Whether the person owns the video. */
  readonly owned: boolean;
  readonly pinned?: boolean;
  /** Beginnings of threads may be pinned; answers may not. */
  readonly isThread: boolean;
  readonly onReply?: (() => void) | undefined;
  /** What belongs under it. */
  readonly children?: ReactNode;
}

/** One comment, and what the person may do with it. */
export function CommentItem({ comment, actions, owned, pinned = false, isThread, onReply, children }: Props) {
  const [isEditing, setEditing] = useState(false);
  const { commentId, text, author, state, createdAt, editedAt } = comment;
  const me = useMe();
  if (author === null || text === null) {
    return (
      <article className={classes.comment} data-testid="comment" data-state="removed">
        <div className={classes.body}>
          <Text c="dimmed" fs="italic" size="sm">
            This comment was removed.
          </Text>
          {children}
        </div>
      </article>
    );
  }
  return (
    <article className={classes.comment} data-testid="comment" data-state={state}>
      <ChannelAvatar channel={author} size={isThread ? 38 : 28} />
      <div className={classes.body}>
        {pinned && (
          <Group gap={4} c="dimmed">
            <IconPin size={14} aria-hidden="true" />
            <Text size="xs">Pinned by the owner of the video</Text>
          </Group>
        )}
        <Group gap={6} wrap="nowrap">
          <ChannelLink channel={author} strong />
          <Text size="xs" c="dimmed" className={classes.age}>
            {formatAgo(createdAt, Date.now())}
            {editedAt !== null && ' (edited)'}
          </Text>
          {state === 'held' && (
            <Badge size="sm" color="yellow" variant="light" tt="none">
              Waits for approval
            </Badge>
          )}
        </Group>
        {isEditing ? (
          <Composer
            label="Change your comment"
            action="Save"
            initial={text}
            autoFocus
            onCancel={() => setEditing(false)}
            onSubmit={async (changed) => {
              await actions.edit.mutateAsync({ commentId, version: comment.version, text: changed });
              setEditing(false);
            }}
          />
        ) : (
          <FoldedText lines={6}>
            <TimedText text={text} />
          </FoldedText>
        )}
        <Group gap={4} mt={2}>
          <LikeButton
            what="comment"
            likes={comment.likes}
            liked={comment.liked}
            disabled={state !== 'shown'}
            onLike={(liked) => actions.like.mutate({ commentId, liked })}
          />
          {me && onReply && state === 'shown' && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={onReply}>
              Reply
            </Button>
          )}
          {(owned || judgesComments(me ?? undefined)) && state === 'held' && (
            <Button size="compact-sm" variant="light" onClick={() => actions.approve.mutate(comment)}>
              Approve
            </Button>
          )}
        </Group>
        {children}
      </div>
      <CommentMenu
        comment={comment}
        author={author}
        actions={actions}
        owned={owned}
        pinned={pinned}
        isThread={isThread}
        onEdit={() => setEditing(true)}
      />
    </article>
  );
}
