import { Select } from '@mantine/core';
import type { VideoId } from '../../../domain/ids.ts';
import { Visibility } from '../../../domain/video/video.ts';
import { useEditVideo } from './queries.ts';
import { visibilityChoices, visibilityIcons } from './visibilities.ts';

interface Props {
  readonly videoId: VideoId;
  readonly title: string;
  readonly visibility: Visibility;
}

/** Who may watch a video; changed at once. */
export function VisibilityControl({ videoId, title, visibility }: Props) {
  const edit = useEditVideo(videoId);
  const Icon = visibilityIcons[visibility];
  return (
    <Select
      aria-label={`Who may watch “${title}”`}
      size="xs"
      w={190}
      allowDeselect={false}
      checkIconPosition="right"
      leftSection={<Icon size={15} aria-hidden="true" />}
      data={visibilityChoices}
      value={visibility}
      onChange={(value) => {
        const chosen = Visibility.safeParse(value);
        if (chosen.success && chosen.data !== visibility) edit.mutate({ visibility: chosen.data });
      }}
    />
  );
}
