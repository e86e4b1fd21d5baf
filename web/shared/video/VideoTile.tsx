import { Text } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import type { FeedVideo } from '../../../lambdas/community/routes.ts';
import { ChannelAvatar } from '../channel/ChannelAvatar.tsx';
import { ChannelLink } from '../channel/ChannelLink.tsx';
import { formatAgo, formatClock } from '../format.ts';
import { AppLink } from '../links.tsx';
import classes from './VideoTile.module.css';

/** A video in a list: its picture and length, its title, whose it is, and how old. */
export function VideoTile({ video, withChannel }: { readonly video: FeedVideo; readonly withChannel: boolean }) {
  const { videoId, title, poster, durationSeconds, publishedAt, channel } = video;
  return (
    <article className={classes.tile} data-testid="tile" data-video={videoId}>
      <AppLink to="/watch/$videoId" params={{ videoId }} className={classes.frame} tabIndex={-1} aria-hidden="true">
        {poster === null ? (
          <IconMovie size={34} stroke={1.3} />
        ) : (
          <img src={poster} alt="" loading="lazy" className={classes.picture} />
        )}
        {durationSeconds !== null && <span className={classes.length}>{formatClock(Math.round(durationSeconds))}</span>}
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
