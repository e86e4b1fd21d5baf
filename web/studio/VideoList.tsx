import { Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VideoId } from '../../domain/ids.ts';
import { Failure } from '../shared/Failure.tsx';
import { ListEnd } from '../shared/lists/ListEnd.tsx';
import { creatorVideosQuery } from '../shared/video/queries.ts';
import { BulkBar } from './bulk/BulkBar.tsx';
import { openUploadsQuery, useUploadViews } from './open-uploads.ts';
import type { Uploads } from './uploads/uploads.ts';
import { VideoRow } from './VideoRow.tsx';

export function VideoList({ uploads }: { readonly uploads: Uploads }) {
  const list = useInfiniteQuery(creatorVideosQuery);
  const { data, error, isPending, refetch } = list;
  const shownAsUploads = useShownAsUploads(uploads);
  const [selected, setSelected] = useState<ReadonlySet<VideoId>>(new Set());
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
  const chosen = videos.filter(({ videoId }) => selected.has(videoId));
  const select = (videoId: VideoId, isSelected: boolean) =>
    setSelected(new Set(isSelected ? [...selected, videoId] : [...selected].filter((other) => other !== videoId)));
  return (
    <Stack gap="sm">
      {error && <Failure title="The list could not be loaded" error={error} onAgain={() => void refetch()} />}
      {!error && videos.length + shownAsUploads.size === 0 && (
        <Text c="dimmed" ta="center" py="xl">
          No videos yet. The first one is a drop away.
        </Text>
      )}
      {videos.map((video) => (
        <VideoRow
          key={video.videoId}
          video={video}
          selected={selected.has(video.videoId)}
          onSelect={(isSelected) => select(video.videoId, isSelected)}
        />
      ))}
      {chosen.length > 0 && (
        <BulkBar
          videos={chosen}
          onSelectAll={() => setSelected(new Set(videos.map(({ videoId }) => videoId)))}
          onSelectNone={() => setSelected(new Set())}
        />
      )}
      <ListEnd query={list} label="Show older videos" />
    </Stack>
  );
}

/** Videos whose upload is listed above: not shown twice. */
function useShownAsUploads(uploads: Uploads): ReadonlySet<string> {
  const here = useUploadViews(uploads);
  const { data: open = [] } = useQuery(openUploadsQuery);
  return new Set([...here.flatMap(({ session }) => session?.videoId ?? []), ...open.map(({ videoId }) => videoId)]);
}
