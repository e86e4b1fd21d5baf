import { ActionIcon, Button, Group, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { problemSentence } from '../shared/problem-sentence.ts';

interface Props {
  readonly name: string;
  readonly onConfirm: () => Promise<void>;
}

/** Cancelling deletes what has arrived, so it is asked once. */
export function CancelUpload({ name, onConfirm }: Props) {
  const [asking, setAsking] = useState(false);
  const confirm = async () => {
    setAsking(false);
    try {
      await onConfirm();
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not cancelled', message: problemSentence(error) });
    }
  };
  return (
    <Popover opened={asking} onChange={setAsking} position="bottom-end" withArrow trapFocus shadow="md">
      <Popover.Target>
        <Tooltip label="Cancel" disabled={asking}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Cancel the upload of ${name}`}
            onClick={() => setAsking(!asking)}
          >
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" maw={240}>
          <Text size="sm">Cancel this upload? What has arrived is deleted.</Text>
          <Group gap="xs" justify="flex-end">
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button size="compact-sm" color="red" onClick={() => void confirm()}>
              Cancel upload
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
