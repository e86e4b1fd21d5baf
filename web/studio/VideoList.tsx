import { Alert, Button, Center, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { problemSentence } from '../shared/problem-sentence.ts';
import { creatorVideosQuery } from '../shared/video/queries.ts';
import { openUploadsQuery, useUploadViews } from './open-uploads.ts';
import type { Uploads } from './uploads/uploads.ts';
import { VideoRow } from './VideoRow.tsx';

export function VideoList({ uploads }: { readonly uploads: Uploads }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(creatorVideosQuery);
  const shownAsUploads = useShownAsUploads(uploads);
  if (isPending) {
    return (
      <Stack gap="sm" aria-busy="true" aria-label="Loading your videos">
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} height={112} radius="md" />
        ))}
      </Stack>
    );
  }
  const videos =
    data?.pages
      .flatMap((page) => page.videos)
      .filter(({ videoId, state }) => !(state === 'uploading' && shownAsUploads.has(videoId))) ?? [];
  return (
    <Stack gap="sm">
      {error && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert" title="The list could not be loaded">
          {problemSentence(error)}{' '}
          <Button size="compact-sm" variant="light" color="red" onClick={() => void refetch()}>
            Try again
          </Button>
        </Alert>
      )}
      {!error && videos.length + shownAsUploads.size === 0 && (
        <Text c="dimmed" ta="center" py="xl">
          No videos yet. The first one is a drop away.
        </Text>
      )}
      {videos.map((video) => (
        <VideoRow key={video.videoId} video={video} />
      ))}
      {hasNextPage && (
        <Center>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older videos
          </Button>
        </Center>
      )}
    </Stack>
  );
}

/** Videos whose upload is listed above: not shown twice. */
function useShownAsUploads(uploads: Uploads): ReadonlySet<string> {
  const here = useUploadViews(uploads);
  const { data: open = [] } = useQuery(openUploadsQuery);
  return new Set([...here.flatMap(({ session }) => session?.videoId ?? []), ...open.map(({ videoId }) => videoId)]);
}
