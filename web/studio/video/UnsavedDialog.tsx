import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

/** Nobody leaves a form by a slip: what is not saved would be lost. */
export function UnsavedDialog({ isDirty }: { readonly isDirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title="Leave without saving?" centered>
      <Text mb="md">What you have changed here is not saved yet.</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={reset}>
          Stay here
        </Button>
        <Button color="red" onClick={proceed}>
          Discard the changes
        </Button>
      </Group>
    </Modal>
  );
}
