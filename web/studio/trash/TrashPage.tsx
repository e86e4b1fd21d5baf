import { Button, Center, Container, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Failure } from '../../shared/Failure.tsx';
import { ButtonLink } from '../../shared/links.tsx';
import { usePageTitle } from '../../shared/page-title.ts';
import { trashQuery } from './queries.ts';
import { TrashRow } from './TrashRow.tsx';

/** Deleted videos, for as long as they can be had back. */
export function TrashPage() {
  usePageTitle('Trash');
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(trashQuery);
  const videos = data?.pages.flatMap((page) => page.videos) ?? [];
  return (
    <Container size="xl">
      <Stack gap="lg">
        <Group justify="space-between" align="end">
          <Stack gap={4}>
            <Title order={1}>Trash</Title>
            <Text c="dimmed">Nobody sees what is here. After 30 days it is gone for good.</Text>
          </Stack>
          <ButtonLink to="/studio" variant="default" size="sm" leftSection={<IconArrowLeft size={16} />}>
            My videos
          </ButtonLink>
        </Group>
        {isPending && (
          <Stack gap="sm" aria-busy="true" aria-label="Loading the trash">
            {[1, 2].map((row) => (
              <Skeleton key={row} height={84} radius="md" />
            ))}
          </Stack>
        )}
        {error && <Failure title="The trash could not be loaded" error={error} onAgain={() => void refetch()} />}
        {!isPending && !error && videos.length === 0 && (
          <Stack align="center" gap="sm" py={64}>
            <ThemeIcon size={56} radius="xl" variant="light" color="gray" aria-hidden="true">
              <IconTrash size={28} />
            </ThemeIcon>
            <Text fw={600}>The trash is empty</Text>
            <Text c="dimmed" ta="center">
              Videos that you delete wait here for 30 days.
            </Text>
          </Stack>
        )}
        <Stack gap="sm">
          {videos.map((video) => (
            <TrashRow key={video.videoId} video={video} />
          ))}
        </Stack>
        {hasNextPage && (
          <Center>
            <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show more
            </Button>
          </Center>
        )}
      </Stack>
    </Container>
  );
}
