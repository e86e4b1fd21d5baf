import { Button, Modal } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import type { CreatorVideo } from '../../../lambdas/content/routes.ts';
import { PosterChooser } from './PosterChooser.tsx';

/** Opens the choice of what stands for a video. */
export function PosterButton({ video: { videoId, title } }: { readonly video: CreatorVideo }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPhoto size={15} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        Poster
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={`Poster of “${title}”`} size="xl" centered>
        <PosterChooser videoId={videoId} />
      </Modal>
    </>
  );
}
