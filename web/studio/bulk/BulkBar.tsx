import { Button, Group, Paper, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { maxDeleted } from '../trash/queries.ts';
import { useDeleteWithUndo } from '../trash/use-delete-with-undo.tsx';
import classes from './BulkBar.module.css';
import { BulkEditDialog } from './BulkEditDialog.tsx';
import { maxSelected } from './queries.ts';

interface Props {
  readonly videos: readonly CreatorVideo[];
  readonly onSelectAll: () => void;
  readonly onSelectNone: () => void;
}

/** What can be done with the videos that are selected; stays in view. */
export function BulkBar({ videos, onSelectAll, onSelectNone }: Props) {
  const [isEditing, setEditing] = useState(false);
  const removal = useDeleteWithUndo();
  const isTooMany = videos.length > maxSelected;
  return (
    <Paper
      withBorder
      shadow="md"
      className={classes.bar}
      role="region"
      aria-label="Selected videos"
      data-testid="bulk-bar"
    >
      <Text size="sm" fw={600} aria-live="polite">
        {videos.length} selected{isTooMany && `: ${maxSelected} at a time is the most`}
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="subtle" color="gray" onClick={onSelectAll}>
          Select all
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onSelectNone}>
          Select none
        </Button>
        <Button
          size="xs"
          variant="light"
          color="red"
          disabled={videos.length > maxDeleted}
          loading={removal.isPending}
          leftSection={<IconTrash size={15} />}
          onClick={() => removal.delete(videos, onSelectNone)}
        >
          Delete
        </Button>
        <Button size="xs" disabled={isTooMany} leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
          Edit selected
        </Button>
      </Group>
      {isEditing && <BulkEditDialog videos={videos} onClose={() => setEditing(false)} onDone={onSelectNone} />}
    </Paper>
  );
}
