import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconLink } from '@tabler/icons-react';
import type { VideoId } from '../../../domain/ids.ts';

/** Copies the address of the watch page. */
export function CopyLinkButton({ videoId }: { readonly videoId: VideoId }) {
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconLink size={15} />}
      onClick={() => clipboard.copy(`${location.origin}/watch/${videoId}`)}
    >
      <span aria-live="polite">{clipboard.copied ? 'Copied' : 'Copy link'}</span>
    </Button>
  );
}
