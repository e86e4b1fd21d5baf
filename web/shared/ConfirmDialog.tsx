import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly opened: boolean;
  /** The question. */
  readonly title: string;
  /** What would be lost. */
  readonly children: ReactNode;
  readonly yes: string;
  readonly no: string;
  readonly busy?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks once before something that cannot be undone. What keeps everything has the focus. */
export function ConfirmDialog({ opened, title, children, yes, no, busy = false, onYes, onNo }: Props) {
  return (
    <Modal opened={opened} onClose={onNo} title={title} centered>
      <Text component="div" mb="md">
        {children}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={onNo}>
          {no}
        </Button>
        <Button color="red" loading={busy} onClick={onYes}>
          {yes}
        </Button>
      </Group>
    </Modal>
  );
}
