import { ActionIcon, Alert, Button, Container, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconHistory, IconPlayerPause, IconPlayerPlay, IconTrash, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import type { UserId, VideoId } from '../../domain/ids.ts';
import type { VideoCard } from '../../domain/video/card.ts';
import type { WatchedVideo } from '../../lambdas/history/routes.ts';
import { ConfirmDialog } from '../shared/ConfirmDialog.tsx';
import { Failure } from '../shared/Failure.tsx';
import { formatClock } from '../shared/format.ts';
import { historyQuery, useClearHistory, usePauseHistory, useRemoveFromHistory } from '../shared/history/queries.ts';
import { EmptyList } from '../shared/lists/EmptyList.tsx';
import { ListEnd } from '../shared/lists/ListEnd.tsx';
import { ListLoading } from '../shared/lists/ListLoading.tsx';
import { usePageTitle } from '../shared/page-title.ts';
import { byDay } from './by-day.ts';
import lines from './VideoLine.module.css';
import { VideoLine } from './VideoLine.tsx';

/** What somebody has watched, by day. */
export function HistoryPage() {
  usePageTitle('History');
  const { me } = useRouteContext({ from: '/history' });
  const history = useInfiniteQuery(historyQuery);
  const pages = history.data?.pages ?? [];
  const videos = pages.flatMap((page) => page.videos);
  const cards = new Map(pages.flatMap((page) => [...page.cards]));
  const isPaused = pages.at(-1)?.paused ?? false;
  return (
    <Container size="md">
      <Group justify="space-between" mb="lg" gap="sm">
        <Title order={1} size="h2">
          History
        </Title>
        {history.data && <HistoryActions userId={me.userId} isPaused={isPaused} isEmpty={videos.length === 0} />}
      </Group>
      {isPaused && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconPlayerPause />}
          mb="md"
          role="status"
          title="History is paused"
        >
          What you watch is not kept, and videos do not go on where you stopped.
        </Alert>
      )}
      {history.error && (
        <Failure title="The list could not be loaded" error={history.error} onAgain={() => void history.refetch()} />
      )}
      {history.isPending && <ListLoading label="Loading the history" />}
      {history.data && videos.length === 0 && (
        <EmptyList icon={IconHistory} title="Nothing watched yet">
          What you watch shows up here, and goes on where you stopped, on any device.
        </EmptyList>
      )}
      <Stack gap="xl">
        {byDay(videos, Date.now()).map(({ day, items }) => (
          <section key={day} aria-label={day}>
            <Text component="h2" fw={600} mb="xs">
              {day}
            </Text>
            <ul className={lines.lines}>
              {items.map((video) => (
                <Watched key={video.videoId} video={video} card={cards.get(video.videoId)} userId={me.userId} />
              ))}
            </ul>
          </section>
        ))}
      </Stack>
      <ListEnd query={history} />
    </Container>
  );
}

interface WatchedProps {
  readonly video: WatchedVideo;
  readonly card: VideoCard | undefined;
  readonly userId: UserId;
}

function Watched({ video, card, userId }: WatchedProps) {
  const remove = useRemoveFromHistory(userId);
  const { videoId, positionSeconds, durationSeconds, resumeSeconds } = video;
  const title = card?.title ?? 'the unavailable video';
  return (
    <VideoLine
      videoId={videoId}
      card={card}
      watched={durationSeconds ? positionSeconds / durationSeconds : undefined}
      note={resumeSeconds > 0 ? `Stopped at ${formatClock(resumeSeconds)}` : 'Watched'}
    >
      <Remove title={title} busy={remove.isPending} onRemove={() => remove.mutate(videoId as VideoId)} />
    </VideoLine>
  );
}

function Remove({
  title,
  busy,
  onRemove,
}: {
  readonly title: string;
  readonly busy: boolean;
  readonly onRemove: () => void;
}) {
  return (
    <Tooltip label="Remove from history">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        loading={busy}
        aria-label={`Remove “${title}” from the history`}
        onClick={onRemove}
      >
        <IconX size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

interface ActionsProps {
  readonly userId: UserId;
  readonly isPaused: boolean;
  readonly isEmpty: boolean;
}

function HistoryActions({ userId, isPaused, isEmpty }: ActionsProps) {
  const [asking, setAsking] = useState(false);
  const pause = usePauseHistory();
  const clear = useClearHistory(userId);
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={isPaused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
        loading={pause.isPending}
        onClick={() => pause.mutate(!isPaused)}
      >
        {isPaused ? 'Keep a history again' : 'Pause'}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={15} />}
        disabled={isEmpty}
        onClick={() => setAsking(true)}
      >
        Clear all
      </Button>
      <ConfirmDialog
        opened={asking}
        title="Clear the whole history?"
        yes="Clear the history"
        no="Keep it"
        busy={clear.isPending}
        onYes={() => clear.mutate(undefined, { onSettled: () => setAsking(false) })}
        onNo={() => setAsking(false)}
      >
        It is deleted on all your devices and cannot be had back. Playlists stay as they are.
      </ConfirmDialog>
    </Group>
  );
}
