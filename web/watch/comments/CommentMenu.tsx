import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconDots, IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { registry } from '../../../client/registry.ts';
import { decide } from '../../../domain/access/policy.ts';
import type { PersonCard } from '../../../domain/community/person.ts';
import type { CommentView } from '../../../lambdas/community/routes.ts';
import { ConfirmDialog } from '../../shared/ConfirmDialog.tsx';
import { useMe } from '../../shared/session.ts';
import type { CommentActions } from './queries.ts';

interface Props {
  readonly comment: CommentView;
  readonly author: PersonCard;
  readonly actions: CommentActions;
  /** Whether the person owns the video. */
  readonly owned: boolean;
  readonly pinned: boolean;
  /** Beginnings of threads may be pinned; answers may not. */
  readonly isThread: boolean;
  readonly onEdit: () => void;
}

/** What the person may do about a comment, as author, owner of the video or moderator. Nothing: there is no menu. */
export function CommentMenu({ comment, author, actions, owned, pinned, isThread, onEdit }: Props) {
  const { commentId, state, text } = comment;
  const me = useMe();
  const [isAsking, setAsking] = useState(false);
  const own = me?.userId === author.userId;
  const mayDelete = decide(registry.community.deleteComment.access, me ?? undefined, author.userId) === 'allow';
  if (!mayDelete && !owned) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More about the comment of ${author.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {owned && isThread && state === 'shown' && (
            <Menu.Item
              leftSection={pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
              onClick={() => actions.choose.mutate({ pinned: pinned ? null : commentId })}
            >
              {pinned ? 'Unpin' : 'Pin'}
            </Menu.Item>
          )}
          {own && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
              Edit
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsking(true)}>
            Delete …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={isAsking}
        title="Delete the comment?"
        yes="Delete"
        no="Keep it"
        onYes={() => {
          setAsking(false);
          actions.remove.mutate({ commentId, as: mayDelete ? 'author-or-moderator' : 'owner' });
        }}
        onNo={() => setAsking(false)}
      >
        <Text lineClamp={4} mb="xs" fs="italic">
          {text}
        </Text>
        It cannot be had back. Replies to it stay.
      </ConfirmDialog>
    </>
  );
}
