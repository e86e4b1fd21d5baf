import { Skeleton } from '@mantine/core';
import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FeedVideo } from '../../../lambdas/community/routes.ts';
import { Failure } from '../Failure.tsx';
import { ListEnd } from '../lists/ListEnd.tsx';
import type { feedQuery } from './feeds.ts';
import classes from './VideoGrid.module.css';
import { VideoTile } from './VideoTile.tsx';

interface Props {
  readonly query: ReturnType<typeof feedQuery>;
  /** What a list without videos says. */
  readonly empty: ReactNode;
  /** On a page of one channel, its name under every video says nothing. */
  readonly ofOneChannel?: boolean;
}

/** A list of videos that goes on when asked to. */
export function VideoGrid({ query, empty, ofOneChannel = false }: Props) {
  const found: UseInfiniteQueryResult<{ pages: { videos: FeedVideo[] }[] }> = useInfiniteQuery(query);
  const { data, error, isPending, refetch, hasNextPage } = found;
  if (isPending) {
    return (
      <div className={classes.grid} aria-busy="true" role="status" aria-label="Loading videos">
        {Array.from({ length: 8 }, (_, i) => i).map((tile) => (
          <div key={tile}>
            <Skeleton className={classes.picture} radius="md" />
            <Skeleton height={14} mt="sm" width="85%" />
            <Skeleton height={12} mt={8} width="50%" />
          </div>
        ))}
      </div>
    );
  }
  if (error && data === undefined) {
    return <Failure title="The videos could not be loaded" error={error} onAgain={() => void refetch()} />;
  }
  const videos = data?.pages.flatMap((page) => page.videos) ?? [];
  if (videos.length === 0 && !hasNextPage) return empty;
  return (
    <>
      <ul className={classes.grid} data-testid="videos">
        {videos.map((video) => (
          <li key={video.videoId}>
            <VideoTile video={video} withChannel={!ofOneChannel} />
          </li>
        ))}
      </ul>
      <ListEnd query={found} />
    </>
  );
}
