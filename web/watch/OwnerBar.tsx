import { Group } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { VideoId } from '../../domain/ids.ts';
import { ButtonLink } from '../shared/links.tsx';
import { videoQuery } from '../shared/video/queries.ts';
import { VisibilityControl } from '../shared/video/VisibilityControl.tsx';
import { ShareButton } from './ShareButton.tsx';
import { SaveButton } from './save/SaveButton.tsx';

/** What the owner can do from the watch page. */
export function OwnerBar({ videoId }: { readonly videoId: VideoId }) {
  const { data: video } = useQuery(videoQuery(videoId));
  return (
    <Group gap="xs" mih={30}>
      {video && <VisibilityControl videoId={videoId} title={video.title} visibility={video.visibility} />}
      <SaveButton videoId={videoId} />
      <ShareButton videoId={videoId} />
      <ButtonLink
        to="/studio/videos/$videoId"
        params={{ videoId }}
        size="xs"
        variant="default"
        leftSection={<IconPencil size={15} />}
      >
        Edit
      </ButtonLink>
    </Group>
  );
}
