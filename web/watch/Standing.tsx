import { Button, Group, Text } from '@mantine/core';
import { IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { VideoId } from '../../domain/ids.ts';
import { ChannelAvatar } from '../shared/channel/ChannelAvatar.tsx';
import { ChannelLink } from '../shared/channel/ChannelLink.tsx';
import { channelStandingQuery } from '../shared/channel/queries.ts';
import { SubscribeButton } from '../shared/channel/SubscribeButton.tsx';
import { formatCount } from '../shared/format.ts';
import { ButtonLink } from '../shared/links.tsx';
import { useMe } from '../shared/session.ts';
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
        <LikeButton videoId={videoId} likes={data.likes} liked={data.liked} />
        {children}
      </Group>
    </div>
  );
}

interface LikeProps {
  readonly videoId: VideoId;
  readonly likes: number;
  readonly liked: boolean;
}

function LikeButton({ videoId, likes, liked }: LikeProps) {
  const me = useMe();
  const { href } = useLocation();
  const like = useLike(videoId);
  const many = formatCount(likes, 'like', 'likes');
  if (!me) {
    return (
      <ButtonLink
        to="/sign-in"
        search={{ next: href }}
        variant="default"
        radius="xl"
        leftSection={<IconThumbUp size={18} />}
        aria-label={`Sign in to like this video: ${many}`}
      >
        {likes}
      </ButtonLink>
    );
  }
  return (
    <Button
      variant={liked ? 'light' : 'default'}
      radius="xl"
      leftSection={liked ? <IconThumbUpFilled size={18} /> : <IconThumbUp size={18} />}
      aria-pressed={liked}
      aria-label={`Like this video: ${many}`}
      onClick={() => like.mutate(!liked)}
    >
      {likes}
    </Button>
  );
}
