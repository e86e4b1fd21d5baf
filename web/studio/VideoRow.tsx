import { Badge, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { IconClock, IconPencil } from '@tabler/icons-react';
import { isWatchable } from '../../domain/video/life-cycle.ts';
import type { CreatorVideo } from '../../lambdas/content/routes.ts';
import { formatBytes, formatWhen } from '../shared/format.ts';
import { ButtonLink, TextLink } from '../shared/links.tsx';
import { CopyLinkButton } from '../shared/video/CopyLinkButton.tsx';
import { EditableTitle } from '../shared/video/EditableTitle.tsx';
import { ProgressLine } from '../shared/video/ProgressLine.tsx';
import { StateBadge } from '../shared/video/StateBadge.tsx';
import { VisibilityControl } from '../shared/video/VisibilityControl.tsx';
import { CaptionsButton } from './captions/CaptionsButton.tsx';
import { Poster } from './Poster.tsx';
import { PosterButton } from './posters/PosterButton.tsx';
import { DeleteButton } from './trash/DeleteButton.tsx';
import classes from './VideoRow.module.css';

interface Props {
  readonly video: CreatorVideo;
  readonly selected: boolean;
  readonly onSelect: (selected: boolean) => void;
}

/** One video with its live state. */
export function VideoRow({ video, selected, onSelect }: Props) {
  const { videoId, title, state, reason, progress, visibility } = video;
  const isScheduled = video.publishAt !== null && video.publishAt > Date.now();
  const facts = [
    video.sizeBytes === null ? undefined : formatBytes(video.sizeBytes),
    topQuality(video),
    formatWhen(video.createdAt, Date.now()),
  ].filter((fact) => fact !== undefined);
  return (
    <Paper withBorder className={classes.row} data-testid="video" data-video={videoId} data-state={state}>
      <Checkbox
        className={classes.select}
        aria-label={`Select “${title}”`}
        checked={selected}
        onChange={(event) => onSelect(event.currentTarget.checked)}
      />
      <Poster video={video} />
      <Stack gap={8} className={classes.words}>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <EditableTitle videoId={videoId} title={title}>
            <TextLink to="/studio/videos/$videoId" params={{ videoId }} c="inherit" fw={600} truncate title={title}>
              {title}
            </TextLink>
          </EditableTitle>
          {state !== 'uploading' && <DeleteButton video={video} />}
        </Group>
        <Group gap="xs">
          <StateBadge state={state} />
          {isScheduled && video.publishAt !== null && (
            <Badge variant="light" color="violet" tt="none" fw={600} leftSection={<IconClock size={13} />}>
              From {new Date(video.publishAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
            </Badge>
          )}
          <Text size="sm" c="dimmed">
            {facts.join(' · ')}
          </Text>
        </Group>
        {reason && (
          <Text size="sm" c="red" role="alert">
            {reason.sentence}
          </Text>
        )}
        {state === 'processing' && (
          <ProgressLine
            label={progress > 0 ? 'Encoding' : 'Reading the file'}
            share={progress > 0 ? progress : undefined}
          />
        )}
        {state === 'playable' && <ProgressLine label="Encoding" share={progress} />}
        <Group gap="xs">
          {state !== 'rejected' && state !== 'failed' && (
            <VisibilityControl videoId={videoId} title={title} visibility={visibility} />
          )}
          <ButtonLink
            to="/studio/videos/$videoId"
            params={{ videoId }}
            size="xs"
            variant="default"
            leftSection={<IconPencil size={15} />}
            aria-label={`Edit “${title}”`}
          >
            Edit
          </ButtonLink>
          {isWatchable(state) && video.poster !== null && <PosterButton video={video} />}
          {isWatchable(state) && <CopyLinkButton videoId={videoId} />}
          {isWatchable(state) && <CaptionsButton videoId={videoId} title={title} />}
        </Group>
      </Stack>
    </Paper>
  );
}

/** The best quality of the ladder, or nothing before there is one. */
function topQuality({ rungs }: CreatorVideo): string | undefined {
  return rungs.toSorted((a, b) => b.height * b.width - a.height * a.width)[0]?.name;
}
