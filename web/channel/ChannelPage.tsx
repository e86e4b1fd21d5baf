import { Container, Group, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconPlaylist, IconVideo } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ApiError } from '../../client/client.ts';
import { ChannelAvatar } from '../shared/channel/ChannelAvatar.tsx';
import { channelStandingQuery } from '../shared/channel/queries.ts';
import { SubscribeButton } from '../shared/channel/SubscribeButton.tsx';
import { NotFoundPage } from '../shared/ErrorPages.tsx';
import { formatCount } from '../shared/format.ts';
import { usePageTitle } from '../shared/page-title.ts';
import { LinkedText } from '../shared/text/LinkedText.tsx';
import { channelFeed } from '../shared/video/feeds.ts';
import { VideoGrid } from '../shared/video/VideoGrid.tsx';
import classes from './ChannelPage.module.css';
import { ChannelPlaylists } from './ChannelPlaylists.tsx';
import { channelQuery } from './queries.ts';

/** A channel: who it is, its public videos and playlists. */
export function ChannelPage() {
  const { handle } = useParams({ from: '/c/$handle' });
  const { tab = 'videos' } = useSearch({ from: '/c/$handle' });
  const navigate = useNavigate({ from: '/c/$handle' });
  const { data: channel, error } = useQuery(channelQuery(handle));
  usePageTitle(channel?.name ?? '');
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
  if (error) throw error;
  if (channel === undefined) {
    return (
      <Container size="xl" aria-busy="true" aria-label="Loading the channel">
        <Group gap="lg">
          <Skeleton circle height={96} />
          <Stack gap="xs">
            <Skeleton height={28} width={220} />
            <Skeleton height={16} width={160} />
          </Stack>
        </Group>
      </Container>
    );
  }
  const { userId, name, description } = channel;
  return (
    <Container size="xl">
      <header className={classes.head}>
        <ChannelAvatar channel={channel} size={96} />
        <div className={classes.words}>
          <Title order={1} className={classes.name}>
            {name}
          </Title>
          <Facts channel={channel} />
          {description !== '' && (
            <Text mt="xs" className={classes.description}>
              <LinkedText text={description} />
            </Text>
          )}
        </div>
        <SubscribeButton userId={userId} name={name} />
      </header>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(chosen) =>
          void navigate({ search: chosen === 'playlists' ? { tab: chosen } : {}, replace: true, resetScroll: false })
        }
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="videos" leftSection={<IconVideo size={17} aria-hidden="true" />}>
            Videos
          </Tabs.Tab>
          <Tabs.Tab value="playlists" leftSection={<IconPlaylist size={17} aria-hidden="true" />}>
            Playlists
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="videos">
          <VideoGrid
            query={channelFeed(userId)}
            ofOneChannel
            empty={
              <Text c="dimmed" py="xl">
                {name} has not published any videos yet.
              </Text>
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="playlists">
          <ChannelPlaylists userId={userId} name={name} />
        </Tabs.Panel>
      </Tabs>
    </Container>
  );
}

function Facts({ channel: { userId, handle } }: { readonly channel: Parameters<typeof ChannelAvatar>[0]['channel'] }) {
  const { data } = useQuery(channelStandingQuery(userId));
  const facts = [
    handle === null ? undefined : `@${handle}`,
    data && formatCount(data.subscribers, 'subscriber', 'subscribers'),
  ];
  return (
    <Text c="dimmed" mih={24} aria-live="polite">
      {facts.filter((fact) => fact !== undefined).join(' · ')}
    </Text>
  );
}
