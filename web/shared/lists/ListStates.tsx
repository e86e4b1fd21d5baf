import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { problemSentence } from '../problem-sentence.ts';

export function ListFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertCircle />}
      role="alert"
      title="The list could not be loaded"
      mb="md"
    >
      {problemSentence(error)}{' '}
      <Button size="compact-sm" variant="light" color="red" onClick={onRetry}>
        Try again
      </Button>
    </Alert>
  );
}

export function ListLoading({ label }: { readonly label: string }) {
  return (
    <Stack gap="sm" role="status" aria-label={label}>
      {['first', 'second', 'third'].map((line) => (
        <Skeleton key={line} height={94} radius="md" />
      ))}
    </Stack>
  );
}
