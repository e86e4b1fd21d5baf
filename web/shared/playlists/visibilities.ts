import { IconLink, IconLock, IconWorld } from '@tabler/icons-react';
import type { PlaylistVisibility } from '../../../domain/playlists/playlist.ts';

export const visibilities = [
  { value: 'private', label: 'Private', icon: IconLock },
  { value: 'unlisted', label: 'Anyone with the link', icon: IconLink },
  { value: 'public', label: 'Public', icon: IconWorld },
] as const satisfies readonly { value: PlaylistVisibility; label: string; icon: typeof IconLock }[];

export const visibilityOf = (visibility: PlaylistVisibility) =>
  visibilities.find(({ value }) => value === visibility) ?? visibilities[0];

export const videosCounted = (count: number): string => (count === 1 ? '1 video' : `${count} videos`);
