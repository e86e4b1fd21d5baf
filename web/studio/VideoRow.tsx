import { Group, Paper, Stack, Text } from '@mantine/core';
import { isWatchable } from '../../domain/video/life-cycle.ts';
import type { CreatorVideo } from '../../lambdas/content/routes.ts';
import { formatBytes, formatWhen } from '../shared/format.ts';
import { TextLink } from '../shared/links.ts';
import { CopyLinkButton } from '../shared/video/CopyLinkButton.tsx';
import { EditableTitle } from '../shared/video/EditableTitle.tsx';
import { ProgressLine } from '../shared/video/ProgressLine.tsx';
import { StateBadge } from '../shared/video/StateBadge.tsx';
import { VisibilityControl } from '../shared/video/VisibilityControl.tsx';
import { CaptionsButton } from './captions/CaptionsButton.tsx';
import { Poster } from './Poster.tsx';
import { PosterButton } from './posters/PosterButton.tsx';
import classes from './VideoRow.module.css';

/** One video with its live state. */
export function VideoRow({ video }: { readonly video: CreatorVideo }) {
  const { videoId, title, state, reason, progress, visibility } = video;
  const facts = [
    video.sizeBytes === null ? undefined : formatBytes(video.sizeBytes),
    topQuality(video),
    formatWhen(video.createdAt, Date.now()),
  ].filter((fact) => fact !== undefined);
  return (
    <Paper withBorder className={classes.row} data-testid="video" data-video={videoId} data-state={state}>
      <Poster video={video} />
      <Stack gap={8} className={classes.words}>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <EditableTitle videoId={videoId} title={title}>
            <TextLink to="/watch/$videoId" params={{ videoId }} c="inherit" fw={600} truncate title={title}>
              {title}
            </TextLink>
          </EditableTitle>
        </Group>
        <Group gap="xs">
          <StateBadge state={state} />
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
