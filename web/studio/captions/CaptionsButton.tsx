import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBadgeCc } from '@tabler/icons-react';
import type { VideoId } from '../../../domain/ids.ts';
import { AddCaptions } from './AddCaptions.tsx';
import { CaptionsList } from './CaptionsList.tsx';

interface Props {
  readonly videoId: VideoId;
  readonly title: string;
}

/** Opens the subtitles and captions of a video. */
export function CaptionsButton({ videoId, title }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconBadgeCc size={15} />}
        aria-label={`Subtitles of “${title}”`}
        onClick={open}
      >
        Subtitles
      </Button>
      <Modal opened={opened} onClose={close} title={`Subtitles of “${title}”`} size="lg">
        <CaptionsList videoId={videoId} />
        <AddCaptions videoId={videoId} />
      </Modal>
    </>
  );
}
