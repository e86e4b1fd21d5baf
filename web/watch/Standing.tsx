import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { VideoId } from '../../domain/ids.ts';
import { ChannelAvatar } from '../shared/channel/ChannelAvatar.tsx';
import { ChannelLink } from '../shared/channel/ChannelLink.tsx';
import { channelStandingQuery } from '../shared/channel/queries.ts';
import { SubscribeButton } from '../shared/channel/SubscribeButton.tsx';
import { formatCount } from '../shared/format.ts';
import { LikeButton } from './LikeButton.tsx';
import classes from './Standing.module.css';
import { standingQuery, useLike } from './standing.ts';

interface Props {
  readonly videoId: VideoId;
  /** What else can be done with the video. */
  readonly children?: ReactNode;
}

/** Whose video it is, how many like it, and what can be done with it. */
export function Standing({ videoId, children }: Props) {
  const { data } = useQuery(standingQuery(videoId));
  const ownerId = data?.channel.userId;
  // What subscribing changes is shown from where it is changed.
  const { data: counts } = useQuery({
    ...channelStandingQuery(ownerId ?? ('' as never)),
    enabled: ownerId !== undefined,
  });
  const like = useLike(videoId);
  if (data === undefined) return <div className={classes.line} />;
  const { channel } = data;
  return (
    <div className={classes.line} data-testid="standing">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <ChannelAvatar channel={channel} size={40} />
        <div className={classes.channel}>
          <ChannelLink channel={channel} strong />
          <Text size="xs" c="dimmed">
            {formatCount(counts?.subscribers ?? data.subscribers, 'subscriber', 'subscribers')}
          </Text>
        </div>
        <SubscribeButton userId={channel.userId} name={channel.name} />
      </Group>
      <Group gap="xs">
        <LikeButton what="video" likes={data.likes} liked={data.liked} onLike={(liked) => like.mutate(liked)} />
        {children}
      </Group>
    </div>
  );
}
