import { Container, Text, Title } from '@mantine/core';
import { usePageTitle } from '../shared/page-title.ts';
import { likedFeed } from '../shared/video/feeds.ts';
import { VideoGrid } from '../shared/video/VideoGrid.tsx';

/** The videos that the person likes. */
export function LikedPage() {
  usePageTitle('Liked videos');
  return (
    <Container size="lg">
      <Title order={1} size="h2" mb="lg">
        Liked videos
      </Title>
      <VideoGrid
        query={likedFeed}
        empty={<Text c="dimmed">You have not liked any videos yet. Those that you like are found here.</Text>}
      />
    </Container>
  );
}
