import { Text } from '@mantine/core';
import { IconPlaylist } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Playlist } from '../../../domain/playlists/playlist.ts';
import { AppLink } from '../links.tsx';
import classes from './PlaylistTile.module.css';
import { videosCounted } from './visibilities.ts';

interface Props {
  readonly playlist: Pick<Playlist, 'playlistId' | 'title' | 'count'>;
  /** What is said of it beside how much is in it. */
  readonly children: ReactNode;
}

/** A playlist in a list of them, and the way to it. */
export function PlaylistTile({ playlist: { playlistId, title, count }, children }: Props) {
  return (
    <AppLink to="/playlist/$list" params={{ list: playlistId }} className={classes.tile} data-testid="playlist">
      <IconPlaylist size={26} aria-hidden="true" />
      <span className={classes.words}>
        <Text fw={600} truncate>
          {title}
        </Text>
        <Text size="sm" c="dimmed" className={classes.facts}>
          {videosCounted(count)} · {children}
        </Text>
      </span>
    </AppLink>
  );
}
