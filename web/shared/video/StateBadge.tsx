import { Badge } from '@mantine/core';
import type { VideoState } from '../../../domain/video/video.ts';
import { stateLabels } from './states.ts';

export function StateBadge({ state }: { readonly state: VideoState }) {
  const { label, color } = stateLabels[state];
  return (
    <Badge variant="light" color={color} tt="none" fw={600} data-testid="video-state" data-state={state}>
      {label}
    </Badge>
  );
}
