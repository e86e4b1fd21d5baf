import { Modal } from '@mantine/core';
import type { VideoId } from '../../../domain/ids.ts';
import { PlaylistForm } from './PlaylistForm.tsx';
import { useCreatePlaylist } from './queries.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What it begins with. */
  readonly videoId?: VideoId;
}

/** Asks for what a new playlist is to be, and makes it. */
export function NewPlaylist({ opened, onClose, videoId }: Props) {
  const create = useCreatePlaylist(videoId);
  const close = () => {
    create.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title="New playlist" centered>
      <PlaylistForm
        action="Create"
        busy={create.isPending}
        error={create.error}
        onCancel={close}
        onSubmit={(fields) => create.mutate(fields, { onSuccess: close })}
      />
    </Modal>
  );
}
