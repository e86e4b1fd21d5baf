import { Container, Title } from '@mantine/core';
import { IconThumbUp } from '@tabler/icons-react';
import { EmptyList } from '../shared/lists/EmptyList.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { likedFeed } from '../shared/video/feeds.ts';
import { VideoGrid } from '../shared/video/VideoGrid.tsx';

/** The videos that the person likes. */
export function LikedPage() {
  usePageTitle('Liked videos');
  return (
    <Container size="xl">
      <Title order={1} size="h2" mb="lg">
        Liked videos
      </Title>
      <VideoGrid
        query={likedFeed}
        empty={
          <EmptyList icon={IconThumbUp} title="Nothing liked yet">
            The videos that you like are found here.
          </EmptyList>
        }
      />
    </Container>
  );
}
