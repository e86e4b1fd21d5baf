import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { VideoId } from '../../../domain/ids.ts';
import type { VideoCard } from '../../../domain/video/card.ts';
import { itemsQuery, type List, playlistQuery } from '../../shared/playlists/queries.ts';
import { neighbours } from './neighbours.ts';

/** A list that is being played. */
export interface Queue {
  readonly list: List;
  readonly title: string;
  /** What can be watched of it, as far as it has been loaded. */
  readonly cards: readonly VideoCard[];
  /** Whether that is all of it. */
  readonly isWhole: boolean;
  /** Where in it the page is; -1: it is not in it, or not in what has been loaded. */
  readonly index: number;
  readonly previous: VideoId | undefined;
  readonly next: VideoId | undefined;
}

/** The list that a video is played in; undefined while it is being asked for, null if there is none that one may see. */
export function useQueue(list: List | undefined, videoId: VideoId): Queue | undefined | null {
  const isPlaylist = list !== undefined && list !== 'watch-later';
  const playlist = useQuery({ ...playlistQuery(list as Exclude<List, 'watch-later'>), enabled: isPlaylist });
  const { data, isError, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...itemsQuery(list ?? 'watch-later'),
    enabled: list !== undefined,
  });
  const cards = data?.pages.flatMap((page) => page.items.flatMap(({ videoId: id }) => page.cards.get(id) ?? [])) ?? [];
  const { index, previous, next } = neighbours(
    cards.map((card) => card.videoId),
    videoId,
  );
  // What comes next may be on a page that has not been loaded.
  const isLacking = data !== undefined && hasNextPage && !isFetching && next === undefined;
  useEffect(() => {
    if (isLacking) void fetchNextPage();
  }, [isLacking, fetchNextPage]);
  if (list === undefined || isError || playlist.isError) return null;
  if (data === undefined) return undefined;
  const title = list === 'watch-later' ? 'Watch later' : playlist.data?.title;
  return title === undefined ? undefined : { list, title, cards, isWhole: !hasNextPage, index, previous, next };
}
