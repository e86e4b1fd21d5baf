import { Container, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { ApiError } from '../../../client/client.ts';
import type { Extra } from '../../../domain/jobs/extras.ts';
import { isSettled, isWatchable } from '../../../domain/video/life-cycle.ts';
import { NotFoundPage } from '../../shared/ErrorPages.tsx';
import { Failure } from '../../shared/Failure.tsx';
import { ButtonLink, TextLink } from '../../shared/links.tsx';
import { usePageTitle } from '../../shared/page-title.ts';
import { pollingIntervalMs } from '../../shared/polling.ts';
import { CopyLinkButton } from '../../shared/video/CopyLinkButton.tsx';
import { ProgressLine } from '../../shared/video/ProgressLine.tsx';
import { videoQuery } from '../../shared/video/queries.ts';
import { StateBadge } from '../../shared/video/StateBadge.tsx';
import { EditForm } from './EditForm.tsx';
import { SidePanel } from './SidePanel.tsx';
import classes from './VideoPage.module.css';

/** What a video is ready without, in its creator's words. */
const extraNames = {
  poster: 'pictures to choose from',
  storyboard: 'some previews above the seek bar',
  captions: 'the captions of the file',
} as const satisfies Record<Extra, string>;

/** All that a creator can do with one video. */
export function VideoPage() {
  const { videoId } = useParams({ from: '/studio/videos/$videoId' });
  const {
    data: video,
    error,
    refetch,
  } = useQuery({
    ...videoQuery(videoId),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isSettled(data.state) ? false : pollingIntervalMs([data], Date.now()),
    refetchOnWindowFocus: 'always',
  });
  const preview = useRef<HTMLVideoElement>(null);
  usePageTitle(video?.title ?? '');
  if (video === undefined) {
    if (error instanceof ApiError && error.status === 404) return <NotFoundPage />;
    return (
      <Container size="xl">
        {error ? (
          <Failure title="The video could not be loaded" error={error} onAgain={() => void refetch()} />
        ) : (
          <Skeleton height={420} aria-label="Loading the video" />
        )}
      </Container>
    );
  }
  const { title, state, reason, missing, progress } = video;
  return (
    <Container size="xl" data-testid="studio-video" data-state={state}>
      <Stack gap="md">
        <TextLink to="/studio" size="sm">
          <Group gap={4} component="span">
            <IconArrowLeft size={15} aria-hidden="true" /> My videos
          </Group>
        </TextLink>
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={6} miw={0}>
            <Title order={1} size="h2" className={classes.title}>
              {title}
            </Title>
            <Group gap="xs">
              <StateBadge state={state} />
              {reason && (
                <Text size="sm" c="red" role="alert">
                  {reason.sentence}
                </Text>
              )}
              {missing.length > 0 && (
                <Text size="sm" c="dimmed">
                  Without {missing.map((extra) => extraNames[extra]).join(', ')}: they could not be made.
                </Text>
              )}
            </Group>
          </Stack>
          <Group gap="xs">
            {isWatchable(state) && (
              <ButtonLink
                to="/watch/$videoId"
                params={{ videoId }}
                size="xs"
                variant="default"
                leftSection={<IconPlayerPlay size={15} />}
              >
                Watch page
              </ButtonLink>
            )}
            <CopyLinkButton videoId={videoId} />
          </Group>
        </Group>
        {(state === 'processing' || state === 'playable') && (
          <ProgressLine label="Encoding" share={progress > 0 ? progress : undefined} />
        )}
        <div className={classes.columns}>
          <EditForm key={videoId} video={video} position={() => preview.current?.currentTime} />
          <SidePanel video={video} preview={preview} />
        </div>
      </Stack>
    </Container>
  );
}
