import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { useDeleteWithUndo } from './use-delete-with-undo.tsx';

/** Puts a video into the trash; nothing is asked, since it can be undone. */
export function DeleteButton({ video }: { readonly video: Pick<CreatorVideo, 'videoId' | 'title'> }) {
  const removal = useDeleteWithUndo();
  return (
    <Tooltip label="Delete">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        aria-label={`Delete “${video.title}”`}
        loading={removal.isPending}
        onClick={() => removal.delete([video])}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
