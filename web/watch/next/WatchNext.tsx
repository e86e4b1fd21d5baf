import { Skeleton, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { VideoId } from '../../../domain/ids.ts';
import type { FeedVideo } from '../../../lambdas/community/routes.ts';
import { formatAgo } from '../../shared/format.ts';
import { AppLink } from '../../shared/links.tsx';
import { CardPoster } from '../../shared/video/CardPoster.tsx';
import { channelFeed, homeFeed } from '../../shared/video/feeds.ts';
import { standingQuery } from '../standing.ts';
import { nextVideos } from './next-videos.ts';
import { useFirstFrame } from './use-first-frame.ts';
import classes from './WatchNext.module.css';

interface Props {
  readonly videoId: VideoId;
  /** Whether there is a picture that comes first. */
  readonly isPlayed: boolean;
}

/** What to watch next, of a video that is watched by itself. Its place is kept from the start, so that nothing moves. */
export function WatchNext({ videoId, isPlayed }: Props) {
  const enabled = useFirstFrame(isPlayed);
  const { data: standing, isError } = useQuery({ ...standingQuery(videoId), enabled });
  const ownerId = standing?.channel.userId;
  const channel = useInfiniteQuery({
    ...channelFeed(ownerId ?? ('' as never)),
    enabled: enabled && ownerId !== undefined,
  });
  const feed = useInfiniteQuery({ ...homeFeed('recent', undefined), enabled });
  // Whatever cannot be had is left out: the page is about the video.
  const isOver = (isError || !channel.isPending) && !feed.isPending;
  const videos = nextVideos(videoId, {
    channel: channel.data?.pages[0]?.videos ?? [],
    feed: feed.data?.pages[0]?.videos ?? [],
  });
  const isEmpty = isOver && videos.length === 0;
  return (
    <section className={classes.section} aria-labelledby="next" data-testid="next" data-empty={isEmpty}>
      <Title order={2} size="h5" id="next" mb="xs">
        Watch next
      </Title>
      {isEmpty && (
        <Text size="sm" c="dimmed">
          Nothing else has been published yet.
        </Text>
      )}
      <ul className={classes.list} aria-busy={!isOver}>
        {isOver ? videos.map((video) => <Line key={video.videoId} video={video} />) : <Loading />}
      </ul>
    </section>
  );
}

function Line({ video: { videoId, title, poster, durationSeconds, channel, publishedAt } }: { video: FeedVideo }) {
  return (
    <li className={classes.item} data-video={videoId}>
      <AppLink to="/watch/$videoId" params={{ videoId }} className={classes.link}>
        <CardPoster poster={poster} durationSeconds={durationSeconds} />
        <div className={classes.words}>
          <Text size="sm" fw={600} lh={1.35} lineClamp={2}>
            {title}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {channel.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {formatAgo(publishedAt, Date.now())}
          </Text>
        </div>
      </AppLink>
    </li>
  );
}

function Loading() {
  return Array.from({ length: 6 }, (_, i) => i).map((line) => (
    <li key={line} className={classes.item}>
      <Skeleton className={classes.picture} radius="md" />
    </li>
  ));
}
