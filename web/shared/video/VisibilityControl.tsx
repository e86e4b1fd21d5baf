import { Select } from '@mantine/core';
import { IconLink, IconLock, IconWorld } from '@tabler/icons-react';
import type { VideoId } from '../../../domain/ids.ts';
import { Visibility } from '../../../domain/video/video.ts';
import { useEditVideo } from './queries.ts';

const choices = [
  { value: 'private', label: 'Private', icon: IconLock },
  { value: 'unlisted', label: 'Anyone with the link', icon: IconLink },
  { value: 'public', label: 'Public', icon: IconWorld },
] as const satisfies readonly { value: Visibility; label: string; icon: typeof IconLock }[];

interface Props {
  readonly videoId: VideoId;
  readonly title: string;
  readonly visibility: Visibility;
}

/** Who may watch a video; changed at once. */
export function VisibilityControl({ videoId, title, visibility }: Props) {
  const edit = useEditVideo(videoId);
  const Icon = choices.find(({ value }) => value === visibility)?.icon ?? IconLock;
  return (
    <Select
      aria-label={`Who may watch “${title}”`}
      size="xs"
      w={190}
      allowDeselect={false}
      checkIconPosition="right"
      leftSection={<Icon size={15} aria-hidden="true" />}
      data={choices.map(({ value, label }) => ({ value, label }))}
      value={visibility}
      onChange={(value) => {
        const chosen = Visibility.safeParse(value);
        if (chosen.success && chosen.data !== visibility) edit.mutate({ visibility: chosen.data });
      }}
    />
  );
}
