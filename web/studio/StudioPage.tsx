import { Container, Group, Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ButtonLink } from '../shared/links.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { creatorVideosQuery } from '../shared/video/queries.ts';
import { DropZone } from './DropZone.tsx';
import { openUploadsQuery } from './open-uploads.ts';
import { QuotaNote, quotaQuery } from './QuotaNote.tsx';
import { UploadList } from './UploadList.tsx';
import { uploadsOf } from './uploads/uploads.ts';
import { VideoList } from './VideoList.tsx';

/** A creator's videos, and the way to add one. */
export function StudioPage() {
  usePageTitle('My videos');
  const { me } = useRouteContext({ from: '/studio' });
  const uploads = uploadsOf(me.userId);
  const queries = useQueryClient();
  useEffect(
    () =>
      uploads.onArrived(() => {
        void queries.invalidateQueries({ queryKey: creatorVideosQuery.queryKey });
        void queries.invalidateQueries({ queryKey: openUploadsQuery.queryKey });
        void queries.invalidateQueries({ queryKey: quotaQuery.queryKey });
      }),
    [uploads, queries],
  );
  useEffect(
    () => uploads.onRefused((message) => void notifications.show({ color: 'red', title: 'Not continued', message })),
    [uploads],
  );
  return (
    <Container size="xl">
      <Stack gap="xl">
        <Group justify="space-between" align="end">
          <Title order={1}>My videos</Title>
          <ButtonLink to="/studio/trash" variant="subtle" color="gray" size="sm" leftSection={<IconTrash size={16} />}>
            Trash
          </ButtonLink>
        </Group>
        <DropZone uploads={uploads} />
        <QuotaNote />
        <UploadList uploads={uploads} />
        <VideoList uploads={uploads} />
      </Stack>
    </Container>
  );
}
