import { Button, FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileSymlink } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { irreplaceable } from '../../domain/video/replacement.ts';
import type { CreatorVideo } from '../../lambdas/content/routes.ts';
import { problemSentence } from '../shared/problem-sentence.ts';
import { acceptedFiles } from './DropZone.tsx';
import type { Uploads } from './uploads/uploads.ts';

interface Props {
  readonly video: CreatorVideo;
  readonly uploads: Uploads;
}

/** Sends another file for a video; its links stay, and it is watched as it is until the new one can be. */
export function ReplaceFile({ video, uploads }: Props) {
  const navigate = useNavigate();
  const { videoId, title } = video;
  const replace = (file: File | null) => {
    if (file === null) return;
    try {
      uploads.replace(file, videoId);
      void navigate({ to: '/studio' });
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not replaced', message: problemSentence(error) });
    }
  };
  const why = irreplaceable(video);
  return (
    <FileButton accept={acceptedFiles} onChange={replace} inputProps={{ 'aria-label': `Another file for “${title}”` }}>
      {(props) => (
        <Button
          {...props}
          size="xs"
          variant="default"
          leftSection={<IconFileSymlink size={15} />}
          disabled={why !== undefined}
          title={why ?? 'Its links stay. Until the new file can be watched, the present one is.'}
        >
          Replace the file
        </Button>
      )}
    </FileButton>
  );
}
