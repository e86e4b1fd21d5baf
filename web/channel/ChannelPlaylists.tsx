import { SimpleGrid } from '@mantine/core';
import { IconPlaylist } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { UserId } from '../../domain/ids.ts';
import { Failure } from '../shared/Failure.tsx';
import { formatAgo } from '../shared/format.ts';
import { EmptyList } from '../shared/lists/EmptyList.tsx';
import { ListEnd } from '../shared/lists/ListEnd.tsx';
import { ListLoading } from '../shared/lists/ListLoading.tsx';
import { PlaylistTile } from '../shared/playlists/PlaylistTile.tsx';
import { publicPlaylistsQuery } from '../shared/playlists/queries.ts';

/** The public playlists of a channel's owner. */
export function ChannelPlaylists({ userId, name }: { readonly userId: UserId; readonly name: string }) {
  const lists = useInfiniteQuery(publicPlaylistsQuery(userId));
  if (lists.isPending) return <ListLoading label="Loading the playlists" />;
  const playlists = lists.data?.pages.flatMap((page) => page.playlists) ?? [];
  return (
    <>
      {lists.error && (
        <Failure title="The list could not be loaded" error={lists.error} onAgain={() => void lists.refetch()} />
      )}
      {/* A page may be short and yet not be the last. */}
      {lists.data && playlists.length === 0 && !lists.hasNextPage && (
        <EmptyList icon={IconPlaylist} title="No playlists here">
          {name} has not made any playlist public.
        </EmptyList>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {playlists.map((playlist) => (
          <PlaylistTile key={playlist.playlistId} playlist={playlist}>
            changed {formatAgo(playlist.updatedAt, Date.now())}
          </PlaylistTile>
        ))}
      </SimpleGrid>
      <ListEnd query={lists} />
    </>
  );
}
