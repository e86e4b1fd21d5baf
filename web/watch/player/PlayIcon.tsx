import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconReload } from '@tabler/icons-react';
import type { MediaState } from './media-state.ts';

type Playback = Pick<MediaState, 'paused' | 'ended'>;

/** What pressing play does now. */
export const playLabel = ({ paused, ended }: Playback): string => (ended ? 'Play again' : paused ? 'Play' : 'Pause');

export function PlayIcon({ media: { paused, ended }, size }: { readonly media: Playback; readonly size: number }) {
  if (ended) return <IconReload size={size} />;
  return paused ? <IconPlayerPlayFilled size={size} /> : <IconPlayerPauseFilled size={size} />;
}
