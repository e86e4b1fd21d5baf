import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlaylistId, VideoId } from '../../domain/ids.ts';
import type { VideoCard } from '../../domain/video/card.ts';
import { AppLink } from '../shared/links.tsx';
import { CardPoster } from '../shared/video/CardPoster.tsx';
import classes from './VideoLine.module.css';

interface Props {
  readonly videoId: VideoId;
  /** Undefined: it is gone, or not for this person. */
  readonly card: VideoCard | undefined;
  /** The list that it is played in. */
  readonly list?: PlaylistId | 'watch-later' | undefined;
  /** The share that has been watched, 0 to 1. */
  readonly watched?: number | undefined;
  readonly note?: string | undefined;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

/** A video in a list: its picture, its title, and what can be done with it. */
export function VideoLine({ videoId, card, list, watched, note, children }: Props) {
  const words = (
    <>
      <CardPoster poster={card?.poster ?? null} durationSeconds={card?.durationSeconds ?? null} watched={watched} />
      <Stack gap={2} className={classes.words}>
        <Text fw={600} lineClamp={2} c={card ? 'inherit' : 'dimmed'}>
          {card?.title ?? 'Unavailable video'}
        </Text>
        <Text size="sm" c="dimmed">
          {card ? note : 'It was deleted, or its owner keeps it private.'}
        </Text>
      </Stack>
    </>
  );
  return (
    <li className={classes.line} data-testid="video-line" data-video={videoId} data-available={card !== undefined}>
      {card ? (
        <AppLink
          to="/watch/$videoId"
          params={{ videoId }}
          search={list === undefined ? {} : { list }}
          className={classes.link}
        >
          {words}
        </AppLink>
      ) : (
        <div className={classes.link}>{words}</div>
      )}
      <Group gap={4} wrap="nowrap" className={classes.actions}>
        {children}
      </Group>
    </li>
  );
}
