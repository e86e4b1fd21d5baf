import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { VideoId } from '../../../domain/ids.ts';
import { deletionNotice, useDelete, useRestore } from './queries.ts';

/** Time to see that it was the wrong one. */
const undoMs = 10_000;

/** Deletes videos at once, and offers for a while to take that back; later the trash does. */
export function useDeleteWithUndo() {
  const remove = useDelete();
  const restore = useRestore();
  return {
    isPending: remove.isPending,
    delete(videos: readonly { readonly videoId: VideoId; readonly title: string }[], onDone?: () => void) {
      const ids = videos.map(({ videoId }) => videoId);
      const [first] = videos;
      remove.mutate(ids, {
        onSuccess: () => {
          onDone?.();
          const id = deletionNotice(ids);
          notifications.show({
            id,
            autoClose: undoMs,
            title:
              videos.length === 1 ? `“${first?.title}” is in the trash` : `${videos.length} videos are in the trash`,
            message: (
              <Group justify="space-between" gap="xs">
                <Text size="sm">For 30 days it can be had back.</Text>
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => {
                    notifications.hide(id);
                    restore.mutate(ids);
                  }}
                >
                  Undo
                </Button>
              </Group>
            ),
          });
        },
      });
    },
  };
}
