import { Button, Modal } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SeenPlaylist } from '../../lambdas/playlists/routes.ts';
import { ConfirmDialog } from '../shared/ConfirmDialog.tsx';
import { PlaylistForm } from '../shared/playlists/PlaylistForm.tsx';
import { useDeletePlaylist, useEditPlaylist } from '../shared/playlists/queries.ts';

/** What the owner can do with a playlist as such. */
export function PlaylistActions({ playlist }: { readonly playlist: SeenPlaylist }) {
  const { playlistId, title, description, visibility, version } = playlist;
  const [asking, setAsking] = useState<'edit' | 'delete'>();
  const close = () => setAsking(undefined);
  const edit = useEditPlaylist(playlistId, version);
  const remove = useDeletePlaylist();
  const navigate = useNavigate();
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPencil size={15} />}
        onClick={() => {
          edit.reset();
          setAsking('edit');
        }}
      >
        Edit
      </Button>
      <Button size="xs" variant="default" leftSection={<IconTrash size={15} />} onClick={() => setAsking('delete')}>
        Delete
      </Button>
      <Modal opened={asking === 'edit'} onClose={close} title="Edit the playlist" centered>
        <PlaylistForm
          key={version}
          initial={{ title, description, visibility }}
          action="Save"
          busy={edit.isPending}
          error={edit.error}
          onCancel={close}
          onSubmit={(fields) => edit.mutate(fields, { onSuccess: close })}
        />
      </Modal>
      <ConfirmDialog
        opened={asking === 'delete'}
        title="Delete the playlist?"
        yes="Delete"
        no="Keep it"
        busy={remove.isPending}
        onYes={() => remove.mutate(playlistId, { onSuccess: () => void navigate({ to: '/library' }) })}
        onNo={close}
      >
        “{title}” cannot be had back. The videos in it stay.
      </ConfirmDialog>
    </>
  );
}
