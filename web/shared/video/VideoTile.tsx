import { Text } from '@mantine/core';
import type { FeedVideo } from '../../../lambdas/community/routes.ts';
import { ChannelAvatar } from '../channel/ChannelAvatar.tsx';
import { ChannelLink } from '../channel/ChannelLink.tsx';
import { formatAgo } from '../format.ts';
import { AppLink } from '../links.tsx';
import { CardPoster } from './CardPoster.tsx';
import classes from './VideoTile.module.css';

/** A video in a list: its picture and length, its title, whose it is, and how old. */
export function VideoTile({ video, withChannel }: { readonly video: FeedVideo; readonly withChannel: boolean }) {
  const { videoId, title, poster, durationSeconds, publishedAt, channel } = video;
  return (
    <article className={classes.tile} data-testid="tile" data-video={videoId}>
      <AppLink to="/watch/$videoId" params={{ videoId }} className={classes.frame} tabIndex={-1} aria-hidden="true">
        <CardPoster poster={poster} durationSeconds={durationSeconds} />
      </AppLink>
      <div className={classes.words}>
        {withChannel && <ChannelAvatar channel={channel} size={34} />}
        <div className={classes.lines}>
          <AppLink to="/watch/$videoId" params={{ videoId }} className={classes.title} title={title}>
            {title}
          </AppLink>
          {withChannel && <ChannelLink channel={channel} />}
          <Text size="sm" c="dimmed">
            {formatAgo(publishedAt, Date.now())}
          </Text>
        </div>
      </div>
    </article>
  );
}
