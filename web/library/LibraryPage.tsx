import { Button, Container, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconClock, IconHistory, IconPlaylist, IconPlus, IconThumbUp } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure } from '../shared/Failure.tsx';
import { AppLink } from '../shared/links.tsx';
import { EmptyList } from '../shared/lists/EmptyList.tsx';
import { ListEnd } from '../shared/lists/ListEnd.tsx';
import { ListLoading } from '../shared/lists/ListLoading.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { NewPlaylist } from '../shared/playlists/NewPlaylist.tsx';
import classes from '../shared/playlists/PlaylistTile.module.css';
import { PlaylistTile } from '../shared/playlists/PlaylistTile.tsx';
import { ownPlaylistsQuery, watchLaterCountQuery } from '../shared/playlists/queries.ts';
import { videosCounted, visibilityOf } from '../shared/playlists/visibilities.ts';

/** What somebody keeps: history, what to watch later, playlists. */
export function LibraryPage() {
  usePageTitle('Library');
  const [isMaking, setMaking] = useState(false);
  const { data: later } = useQuery(watchLaterCountQuery);
  const lists = useInfiniteQuery(ownPlaylistsQuery());
  const playlists = lists.data?.pages.flatMap((page) => page.playlists) ?? [];
  return (
    <Container size="md">
      <Title order={1} size="h2" mb="lg">
        Library
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 3 }} mb="xl">
        <AppLink to="/history" className={classes.tile}>
          <IconHistory size={26} aria-hidden="true" />
          <span>
            <Text fw={600}>History</Text>
            <Text size="sm" c="dimmed">
              What you watched, and where you stopped
            </Text>
          </span>
        </AppLink>
        <AppLink to="/playlist/$list" params={{ list: 'watch-later' }} className={classes.tile}>
          <IconClock size={26} aria-hidden="true" />
          <span>
            <Text fw={600}>Watch later</Text>
            <Text size="sm" c="dimmed">
              {later === undefined ? 'What you put aside' : videosCounted(later)}
            </Text>
          </span>
        </AppLink>
        <AppLink to="/liked" className={classes.tile}>
          <IconThumbUp size={26} aria-hidden="true" />
          <span>
            <Text fw={600}>Liked videos</Text>
            <Text size="sm" c="dimmed">
              Those that you like
            </Text>
          </span>
        </AppLink>
      </SimpleGrid>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          Playlists
        </Title>
        <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
          New playlist
        </Button>
      </Group>
      {lists.error && (
        <Failure title="The list could not be loaded" error={lists.error} onAgain={() => void lists.refetch()} />
      )}
      {lists.isPending && <ListLoading label="Loading the playlists" />}
      {lists.data && playlists.length === 0 && (
        <EmptyList icon={IconPlaylist} title="No playlists yet">
          Make one here, or with “Save” below a video.
        </EmptyList>
      )}
      <Stack gap="xs">
        {playlists.map((playlist) => {
          const { icon: Icon, label } = visibilityOf(playlist.visibility);
          return (
            <PlaylistTile key={playlist.playlistId} playlist={playlist}>
              <Icon size={14} aria-hidden="true" /> {label}
            </PlaylistTile>
          );
        })}
      </Stack>
      <ListEnd query={lists} />
      <NewPlaylist opened={isMaking} onClose={() => setMaking(false)} />
    </Container>
  );
}
