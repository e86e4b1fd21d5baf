import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconTrashX } from '@tabler/icons-react';
import { useState } from 'react';
import { restorableMs } from '../../../domain/video/deletion.ts';
import type { DeletedVideo } from '../../../lambdas/content/routes.ts';
import { ConfirmDialog } from '../../shared/ConfirmDialog.tsx';
import { formatClock, formatDaysLeft, formatWhen } from '../../shared/format.ts';
import { usePurge, useRestore } from './queries.ts';

/** A deleted video, how long it can be had back, and both ways out of here. */
export function TrashRow({ video }: { readonly video: DeletedVideo }) {
  const { videoId, title, durationSeconds, deletedAt, purgeAt } = video;
  const restore = useRestore();
  const purge = usePurge();
  const [isAsking, setAsking] = useState(false);
  const left = purgeAt - Date.now();
  const facts = [
    `Deleted ${formatWhen(deletedAt, Date.now())}`,
    durationSeconds === null ? undefined : formatClock(Math.round(durationSeconds)),
  ].filter((fact) => fact !== undefined);
  return (
    <Paper withBorder p="md" data-testid="deleted-video" data-video={videoId}>
      <Group justify="space-between" gap="md">
        <Stack gap={4} miw={0} flex="1 1 260px">
          <Text fw={600} truncate title={title}>
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {facts.join(' · ')}
          </Text>
          <Group gap="xs" wrap="nowrap" maw={320}>
            <Progress
              value={(100 * left) / restorableMs}
              size="xs"
              flex={1}
              color={left < restorableMs / 10 ? 'orange' : 'blue'}
              aria-hidden="true"
            />
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {formatDaysLeft(left)}
            </Text>
          </Group>
        </Stack>
        <Group gap="xs">
          <Button
            size="xs"
            variant="light"
            leftSection={<IconArrowBackUp size={15} />}
            loading={restore.isPending}
            aria-label={`Restore “${title}”`}
            onClick={() => restore.mutate([videoId])}
          >
            Restore
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            leftSection={<IconTrashX size={15} />}
            loading={purge.isPending}
            aria-label={`Delete “${title}” for good`}
            onClick={() => setAsking(true)}
          >
            Delete for good
          </Button>
        </Group>
      </Group>
      <ConfirmDialog
        opened={isAsking}
        title={`Delete “${title}” for good?`}
        yes="Delete for good"
        no="Keep it in the trash"
        onYes={() => {
          setAsking(false);
          purge.mutate(videoId);
        }}
        onNo={() => setAsking(false)}
      >
        The video, its file, its captions and pictures are removed within minutes. This cannot be undone.
      </ConfirmDialog>
    </Paper>
  );
}
