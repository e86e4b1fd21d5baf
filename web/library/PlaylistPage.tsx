import { Container, Group, Stack, Text, Title } from '@mantine/core';
import { IconClock, IconPlayerPlayFilled, IconPlaylist } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ApiError } from '../../client/client.ts';
import type { PlaylistId } from '../../domain/ids.ts';
import { NotFoundPage } from '../shared/ErrorPages.tsx';
import { Failure } from '../shared/Failure.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { EmptyList } from '../shared/lists/EmptyList.tsx';
import { ListEnd } from '../shared/lists/ListEnd.tsx';
import { ListLoading } from '../shared/lists/ListLoading.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { itemsQuery, type List, playlistQuery } from '../shared/playlists/queries.ts';
import { videosCounted, visibilityOf } from '../shared/playlists/visibilities.ts';
import { LinkedText } from '../shared/text/LinkedText.tsx';
import { PlaylistActions } from './PlaylistActions.tsx';
import { PlaylistItemActions } from './PlaylistItemActions.tsx';
import lines from './VideoLine.module.css';
import { VideoLine } from './VideoLine.tsx';

/** What is in a list, in its order. */
export function PlaylistPage() {
  const { list } = useParams({ from: '/playlist/$list' });
  return list === 'watch-later' ? <WatchLater /> : <Playlist playlistId={list} />;
}

function WatchLater() {
  usePageTitle('Watch later');
  return (
    <Container size="md">
      <Group justify="space-between" mb="lg">
        <Title order={1} size="h2">
          Watch later
        </Title>
        <PlayAll list="watch-later" />
      </Group>
      <Items list="watch-later" isOwn />
    </Container>
  );
}

function Playlist({ playlistId }: { readonly playlistId: PlaylistId }) {
  const { data: playlist, error, isPending, refetch } = useQuery(playlistQuery(playlistId));
  usePageTitle(playlist?.title ?? 'Playlist');
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
  return (
    <Container size="md">
      {error && <Failure title="The list could not be loaded" error={error} onAgain={() => void refetch()} />}
      {isPending && <ListLoading label="Loading the playlist" />}
      {playlist && (
        <>
          <Stack gap={6} mb="lg">
            <Group justify="space-between" align="flex-start" gap="sm">
              <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
                {playlist.title}
              </Title>
              <Group gap="xs">
                <PlayAll list={playlistId} />
                {playlist.owned && <PlaylistActions playlist={playlist} />}
              </Group>
            </Group>
            <Text size="sm" c="dimmed">
              {videosCounted(playlist.count)} · {visibilityOf(playlist.visibility).label}
            </Text>
            {playlist.description !== '' && (
              <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                <LinkedText text={playlist.description} />
              </Text>
            )}
          </Stack>
          <Items list={playlistId} isOwn={playlist.owned} />
        </>
      )}
    </Container>
  );
}

/** Plays the list from its first video that can be watched. */
function PlayAll({ list }: { readonly list: List }) {
  const { data } = useInfiniteQuery(itemsQuery(list));
  const first = data?.pages.flatMap(({ items, cards }) => items.filter(({ videoId }) => cards.has(videoId)))[0];
  if (first === undefined) return null;
  return (
    <ButtonLink
      to="/watch/$videoId"
      params={{ videoId: first.videoId }}
      search={{ list }}
      size="xs"
      leftSection={<IconPlayerPlayFilled size={14} />}
    >
      Play all
    </ButtonLink>
  );
}

function Items({ list, isOwn }: { readonly list: List; readonly isOwn: boolean }) {
  const query = useInfiniteQuery(itemsQuery(list));
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const cards = new Map(pages.flatMap((page) => [...page.cards]));
  return (
    <>
      {query.error && (
        <Failure title="The list could not be loaded" error={query.error} onAgain={() => void query.refetch()} />
      )}
      {query.isPending && <ListLoading label="Loading the videos" />}
      {query.data && items.length === 0 && (
        <EmptyList icon={list === 'watch-later' ? IconClock : IconPlaylist} title="Nothing in it yet">
          {isOwn ? 'Put videos here with “Save” below each of them.' : 'Its owner has not put anything into it.'}
        </EmptyList>
      )}
      <ol className={lines.lines}>
        {items.map(({ videoId }, index) => (
          <VideoLine key={videoId} videoId={videoId} card={cards.get(videoId)} list={list}>
            {isOwn && (
              <PlaylistItemActions
                list={list}
                videoId={videoId}
                title={cards.get(videoId)?.title ?? 'the unavailable video'}
                order={items.map((item) => item.videoId)}
                index={index}
              />
            )}
          </VideoLine>
        ))}
      </ol>
      <ListEnd query={query} />
    </>
  );
}
