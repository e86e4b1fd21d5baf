import { Button, Checkbox, Popover, Stack, TextInput } from '@mantine/core';
import { IconShare3 } from '@tabler/icons-react';
import { useState } from 'react';
import type { VideoId } from '../../domain/ids.ts';
import { formatClock } from '../shared/format.ts';
import { CopyButton } from '../shared/video/CopyButton.tsx';
import { usePlaying } from './player/playing.ts';

/** The address of the video, from its beginning or from where it is now. */
export function ShareButton({ videoId }: { readonly videoId: VideoId }) {
  const playing = usePlaying();
  const [opened, setOpened] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [fromHere, setFromHere] = useState(false);
  const toggle = () => {
    if (!opened) setSeconds(Math.floor(playing?.video.currentTime ?? 0));
    setOpened(!opened);
  };
  const link = `${location.origin}/watch/${videoId}${fromHere && seconds > 0 ? `?t=${seconds}` : ''}`;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={320} trapFocus shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconShare3 size={15} />}
          aria-haspopup="dialog"
          onClick={toggle}
        >
          Share
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Share">
        <Stack gap="sm">
          <TextInput
            aria-label="Link"
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
            data-autofocus
          />
          {seconds > 0 && (
            <Checkbox
              label={`Start at ${formatClock(seconds)}`}
              checked={fromHere}
              onChange={(event) => setFromHere(event.currentTarget.checked)}
            />
          )}
          <CopyButton text={link}>Copy link</CopyButton>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
